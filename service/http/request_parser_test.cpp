#include "service/http/request_parser.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace faceward::http {
namespace {

using State = RequestParser::State;

/// Delivers the bytes in pieces of at most that size; gives back those that the finished request
/// left.
std::string_view feed(RequestParser& parser, std::string_view bytes, std::size_t piece = 65'536) {
    while (!bytes.empty() && parser.needs_more()) {
        const std::span<char> space = parser.space();
        const std::size_t count = std::min({space.size(), bytes.size(), piece});
        std::ranges::copy(bytes.substr(0, count), space.begin());
        bytes.remove_prefix(count);
        parser.received(count);
    }
    return bytes;
}

const std::string with_length =
    "POST /a?b=c HTTP/1.1\r\nHost: h\r\ncontent-LENGTH: 7\r\nX-Request-ID: my-id\r\n\r\ncontent";
const std::string chunked =
    "POST /a?b=c HTTP/1.1\r\nhost:h\r\nTransfer-Encoding: Chunked\r\nX-Request-ID: my-id\r\n\r\n"
    "3;name=value\r\ncon\r\n1\r\nt\r\n0003\r\nent\r\n0\r\nTrailer: ignored\r\n\r\n";

class InPieces : public testing::TestWithParam<std::size_t> {};

TEST_P(InPieces, RequestsAreRead) {
    for (const std::string& text : {with_length, chunked}) {
        RequestParser parser({});
        EXPECT_EQ(parser.state(), State::waiting);
        feed(parser, text, GetParam());
        ASSERT_EQ(parser.state(), State::complete);
        EXPECT_EQ(parser.bytes_in(), text.size());
        EXPECT_TRUE(parser.keeps_alive());
        const Request request = parser.take();
        EXPECT_EQ(request.id, "my-id");
        EXPECT_EQ(request.method, "POST");
        EXPECT_EQ(request.path, "/a");
        EXPECT_EQ(request.query, "b=c");
        EXPECT_EQ(request.header("HOST"), "h");
        EXPECT_EQ(request.header("Trailer").data(), nullptr);
        EXPECT_EQ(request.headers.size(), 3U);
        EXPECT_EQ(request.body, "content");
        EXPECT_GT(request.received.time_since_epoch().count(), 0);
    }
}

INSTANTIATE_TEST_SUITE_P(RequestParser, InPieces, testing::Values(1, 2, 3, 7, 50, 1000));

TEST(RequestParser, RequestsInOneGoAreReadOneAfterTheOther) {
    const std::string get = "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{40}, std::size_t{65'536}}) {
        RequestParser parser({});
        const std::string stream = get + with_length + "\r\n" + chunked + "GET /4";
        std::string_view rest = feed(parser, stream, piece);
        EXPECT_EQ(parser.take().path, "/1");
        parser.next();
        rest = feed(parser, rest, piece);
        EXPECT_EQ(parser.take().body, "content");
        parser.next();
        rest = feed(parser, rest, piece);
        ASSERT_EQ(parser.state(), State::complete);
        EXPECT_EQ(parser.bytes_in(), chunked.size());
        EXPECT_EQ(parser.take().body, "content");
        parser.next();
        feed(parser, rest, piece);
        EXPECT_EQ(parser.state(), State::header);
    }
}

TEST(RequestParser, IdIsFreshUnlessTheClientsIsSane) {
    for (const char* header :
         {"", "X-Request-ID: \r\n", "X-Request-ID: a b\r\n", "X-Request-ID: {}\r\n"}) {
        RequestParser parser({});
        feed(parser, "GET / HTTP/1.1\r\nHost: h\r\n" + std::string(header) + "\r\n");
        EXPECT_EQ(parser.take().id.size(), 36U) << header;
    }
}

struct KeepAlive {
    std::string version_and_headers;
    bool expected;
};

class KeepAliveCase : public testing::TestWithParam<KeepAlive> {};

TEST(RequestParser, TraceIsTheClientsIfItSentOne) {
    RequestParser parser({});
    feed(parser,
         "GET / HTTP/1.1\r\nHost: h\r\nTraceparent: "
         "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n\r\n"
         "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(parser.request().trace);
    EXPECT_EQ(parser.request().trace->parent_id, "00f067aa0ba902b7");
    parser.next();
    EXPECT_FALSE(parser.request().trace);
}

TEST_P(KeepAliveCase, FollowsVersionAndConnection) {
    RequestParser parser({});
    feed(parser, "GET / HTTP/" + GetParam().version_and_headers + "\r\n");
    ASSERT_EQ(parser.state(), State::complete);
    EXPECT_EQ(parser.keeps_alive(), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    RequestParser, KeepAliveCase,
    testing::Values(KeepAlive{"1.1\r\nHost: h\r\n", true},
                    KeepAlive{"1.1\r\nHost: h\r\nConnection: close\r\n", false},
                    KeepAlive{"1.1\r\nHost: h\r\nconnection: TE, CLOSE\r\n", false},
                    KeepAlive{"1.0\r\n", false},
                    KeepAlive{"1.0\r\nConnection: keep-alive\r\n", true}));

TEST(RequestParser, ContinueIsWantedUntilTheBodyComes) {
    RequestParser parser({});
    feed(parser, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n");
    EXPECT_TRUE(parser.wants_continue());
    feed(parser, "x");
    EXPECT_FALSE(parser.wants_continue());
}

TEST(RequestParser, ContinueIsNotWantedByOthers) {
    for (const char* text :
         {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nx",
          "POST / HTTP/1.0\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"}) {
        RequestParser parser({});
        feed(parser, text);
        ASSERT_EQ(parser.state(), State::body);
        EXPECT_FALSE(parser.wants_continue()) << text;
    }
}

TEST(RequestParser, LargeBodyIsReadInPlace) {
    const std::string body(3'000'000, 'x');
    RequestParser parser({});
    feed(parser, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n" + body);
    ASSERT_EQ(parser.state(), State::complete);
    EXPECT_EQ(parser.take().body, body);
}

TEST(RequestParser, MemoryFollowsTheBytesAndNotThePromise) {
    RequestParser parser({.max_body_bytes = 1U << 30U});
    feed(parser, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1073741824\r\n\r\nfirst");
    EXPECT_LE(parser.space().size(), 1U << 20U);
    EXPECT_LE(parser.request().body.capacity(), 2U << 20U);
}

TEST(RequestParser, OtherLimitsCountFromTheNextRequestOn) {
    const std::string request = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody";
    RequestParser parser({.max_body_bytes = 3});
    parser.limit({.max_body_bytes = 4});
    feed(parser, request);
    ASSERT_EQ(parser.state(), State::complete);
    parser.limit({.max_body_bytes = 3});
    EXPECT_EQ(parser.take().body, "body");
    parser.next();
    feed(parser, request);
    EXPECT_EQ(parser.state(), State::refused);
}

}  // namespace
}  // namespace faceward::http
