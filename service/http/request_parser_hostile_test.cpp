#include "service/http/request_parser.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace faceward::http {
namespace {

using State = RequestParser::State;

std::size_t feed(RequestParser& parser, std::string_view bytes, std::size_t piece) {
    const std::size_t all = bytes.size();
    while (!bytes.empty() && parser.needs_more()) {
        const std::span<char> space = parser.space();
        const std::size_t count = std::min({space.size(), bytes.size(), piece});
        std::ranges::copy(bytes.substr(0, count), space.begin());
        bytes.remove_prefix(count);
        parser.received(count);
    }
    return all - bytes.size();
}

struct Fault {
    std::string name;
    std::string text;
};

class Malformed : public testing::TestWithParam<Fault> {};

TEST_P(Malformed, IsRefusedHoweverItArrives) {
    // Of bytes that trickle in, a header or a trailer is looked at when its empty line is there.
    const std::string text = GetParam().text + "\r\n\r\n";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{65'536}}) {
        RequestParser parser({});
        feed(parser, text, piece);
        ASSERT_EQ(parser.state(), State::refused);
        EXPECT_EQ(parser.fault(), FramingFault::malformed);
        EXPECT_EQ(parser.request().id.size(), 36U);
    }
}

std::string get_with(const std::string& headers) {
    return "GET / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}
std::string post_with(const std::string& headers) {
    return "POST / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n5\r\nhello\r\n0\r\n\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, Malformed,
    testing::Values(Fault{"garbage", "\x16\x03\x01\x02\r\n\r\n"},
                    Fault{"words", "hello world\r\n\r\n"}, Fault{"no_version", "GET /\r\n\r\n"},
                    Fault{"version_2", "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
                    Fault{"version_0_9", "GET / HTTP/0.9\r\n\r\n"},
                    Fault{"nul_in_target", std::string("GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n", 29)},
                    Fault{"space_in_target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Fault{"line_feeds", "GET / HTTP/1.1\nHost: h\n\n"},
                    Fault{"no_host", "GET / HTTP/1.1\r\n\r\n"},
                    Fault{"two_hosts", get_with("Host: h\r\n")},
                    Fault{"no_colon", get_with("Header\r\n")},
                    Fault{"no_name", get_with(": x\r\n")},
                    Fault{"nul_in_name", get_with(std::string("A\0B: x\r\n", 8))},
                    Fault{"nul_in_value", get_with(std::string("A: x\0y\r\n", 8))},
                    Fault{"line_feed_in_value", get_with("A: x\nB: y\r\n")},
                    Fault{"return_in_value", get_with("A: x\rB: y\r\n")}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Smuggling, Malformed,
    testing::Values(
        Fault{"length_and_chunked",
              post_with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")},
        Fault{"chunked_and_length",
              post_with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")},
        Fault{"different_lengths", post_with("Content-Length: 5\r\nContent-Length: 6\r\n")},
        Fault{"list_of_lengths", post_with("Content-Length: 5, 6\r\n")},
        Fault{"negative_length", post_with("Content-Length: -5\r\n")},
        Fault{"signed_length", post_with("Content-Length: +5\r\n")},
        Fault{"hexadecimal_length", post_with("Content-Length: 0x5\r\n")},
        Fault{"empty_length", post_with("Content-Length: \r\n")},
        Fault{"huge_length", post_with("Content-Length: 99999999999999999999\r\n")},
        Fault{"space_before_colon", post_with("Transfer-Encoding : chunked\r\n")},
        Fault{"other_coding", post_with("Transfer-Encoding: gzip\r\n")},
        Fault{"identity_coding", post_with("Transfer-Encoding: identity\r\n")},
        Fault{"coding_with_length",
              post_with("Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n")},
        Fault{"two_codings", post_with("Transfer-Encoding: gzip, chunked\r\n")},
        Fault{"chunked_not_last", post_with("Transfer-Encoding: chunked, identity\r\n")},
        Fault{"chunked_twice",
              post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
        Fault{"chunked_and_other",
              post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n")},
        Fault{"chunked_in_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}),
    [](const auto& test) { return test.param.name; });

std::string chunks(const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}

INSTANTIATE_TEST_SUITE_P(Chunks, Malformed,
                         testing::Values(Fault{"no_size", chunks("\r\nhello\r\n0\r\n\r\n")},
                                         Fault{"no_number", chunks("hello\r\n")},
                                         Fault{"negative", chunks("-1\r\nhello\r\n")},
                                         Fault{"prefix", chunks("0x5\r\nhello\r\n")},
                                         Fault{"huge", chunks("11111111111111111\r\nhello\r\n")},
                                         Fault{"too_long", chunks("5\r\nhello!\r\n0\r\n\r\n")},
                                         Fault{"line_feed", chunks("5\nhello\n0\n\n")},
                                         Fault{"broken_trailer", chunks("0\r\nTrailer\r\n\r\n")},
                                         Fault{"length_in_trailer",
                                               chunks("0\r\nContent-Length: 5\r\n\r\n")}),
                         [](const auto& test) { return test.param.name; });

TEST(RequestLimits, HeaderUpToTheLimitIsRead) {
    const std::string head = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
    for (const std::size_t limit : {std::size_t{200}, std::size_t{5000}, std::size_t{20'000}}) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{97}, std::size_t{65'536}}) {
            const std::string fits = head + std::string(limit - head.size() - 4, 'x') + "\r\n\r\n";
            RequestParser parser({.max_header_bytes = limit});
            feed(parser, fits, piece);
            EXPECT_EQ(parser.state(), State::complete) << limit << " in pieces of " << piece;

            RequestParser strict({.max_header_bytes = limit - 1});
            feed(strict, fits, piece);
            ASSERT_EQ(strict.state(), State::refused) << limit << " in pieces of " << piece;
            EXPECT_EQ(strict.fault(), FramingFault::header_too_large);
        }
    }
}

/// What never ends is refused when the limit is reached, not when memory is.
class Endless : public testing::TestWithParam<Fault> {};

TEST_P(Endless, IsRefused) {
    const std::string text = GetParam().text + std::string(100'000, 'x');
    for (const std::size_t piece : {std::size_t{11}, std::size_t{65'536}}) {
        RequestParser parser({.max_header_bytes = 1000});
        feed(parser, text, piece);
        ASSERT_EQ(parser.state(), State::refused);
        EXPECT_EQ(parser.fault(), FramingFault::header_too_large);
    }
}

INSTANTIATE_TEST_SUITE_P(RequestLimits, Endless,
                         testing::Values(Fault{"target", "GET /"},
                                         Fault{"name", "GET / HTTP/1.1\r\n"},
                                         Fault{"value", "GET / HTTP/1.1\r\nX: "},
                                         Fault{"chunk_extension", chunks("5;")},
                                         Fault{"trailer", chunks("0\r\nX: ")}),
                         [](const auto& test) { return test.param.name; });

TEST(RequestLimits, PromisedBodyOverTheLimitIsRefusedAtTheHeader) {
    RequestParser parser({.max_body_bytes = 9});
    feed(parser, "POST /p HTTP/1.1\r\nHost: h\r\nX-Request-ID: my-id\r\nContent-Length: 10\r\n\r\n",
         65'536);
    ASSERT_EQ(parser.state(), State::refused);
    EXPECT_EQ(parser.fault(), FramingFault::body_too_large);
    EXPECT_EQ(parser.request().id, "my-id");
    EXPECT_EQ(parser.request().path, "/p");
}

TEST(RequestLimits, BodyOfManyChunksIsMeasuredAsAWhole) {
    for (const std::size_t limit : {std::size_t{9}, std::size_t{10}}) {
        RequestParser parser({.max_body_bytes = limit});
        feed(parser, chunks("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"), 65'536);
        EXPECT_EQ(parser.state(), limit < 10 ? State::refused : State::complete);
        EXPECT_EQ(parser.fault() == FramingFault::body_too_large, limit < 10);
    }
}

/// However the bytes are changed and cut, the same requests are complete.
TEST(RequestParser, MutatedStreamsAreSafeAndDoNotDependOnPieces) {
    const std::string original =
        "POST /a?b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nA: b\r\n c\r\n\r\n"
        "5;x=y\r\nhello\r\n0\r\nT: u\r\n\r\nPOST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc";
    const std::string replacements = "\r\n :;,0157aHT/\x7F\xC3" + std::string(1, '\0');
    std::mt19937 random(11);
    for (int i = 0; i < 20'000; ++i) {
        std::string stream = original;
        for (auto changes = 1 + random() % 4; changes > 0; --changes) {
            const std::size_t at = random() % stream.size();
            if (random() % 4 == 0)
                stream.erase(at, random() % 4);
            else
                stream[at] = replacements[random() % replacements.size()];
        }
        RequestParser whole({.max_header_bytes = 150, .max_body_bytes = 20});
        RequestParser pieces({.max_header_bytes = 150, .max_body_bytes = 20});
        feed(whole, stream, 65'536);
        feed(pieces, stream, 1 + random() % 9);
        ASSERT_EQ(whole.state() == State::complete, pieces.state() == State::complete) << stream;
        if (whole.state() != State::complete) continue;
        EXPECT_EQ(whole.request().headers, pieces.request().headers) << stream;
        EXPECT_EQ(whole.request().body, pieces.request().body) << stream;
    }
}

}  // namespace
}  // namespace faceward::http
