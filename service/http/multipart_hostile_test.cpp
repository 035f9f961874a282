#include "service/http/multipart.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace faceward::http {
namespace {

std::string part(const std::string& content, const std::string& delimiter = "--b") {
    return delimiter + "\r\nContent-Disposition: form-data; name=\"n\"; filename=\"f\"\r\n\r\n" +
           content + "\r\n";
}

/// Contents that look like the end of a part for a while.
class Content : public testing::TestWithParam<std::string> {};

TEST_P(Content, ComesBackUnchanged) {
    const std::string body = part(GetParam()) + part("next") + "--b--";
    const auto parts = parse_multipart(body, "b");
    ASSERT_TRUE(parts) << parts.error();
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ(parts->front().body, GetParam());
    EXPECT_EQ(parts->back().body, "next");
}

INSTANTIATE_TEST_SUITE_P(Multipart, Content,
                         testing::Values("", "\r\n", "\r\n\r\n", "\r", "\n", "-", "--", "--c\r\n",
                                         "\r\n--", "\r\n-b", "\r\n--a\r\n", "\r\n--bx\r\n",
                                         "\r\n--bb--\r\n", "\r\n--b-\r\n", "\r\n--b-- x",
                                         "\r\n--b--x\r\n", "\r\n--b x\r\n", "\r\n--b\r",
                                         "\r\n--b\n", "\n--b\n", "\n--b\r\n", "\r--b\r\n",
                                         "\r\n --b\r\n", "\r\r\n--c", "\r\n--b \r",
                                         std::string("\0\r\n--b\0\r\n", 9)));

TEST(Multipart, EmptyPartMayShareItsEmptyLineWithTheDelimiter) {
    const std::string header = "--b\r\nContent-Disposition: form-data; name=n\r\n";
    const std::string body = header + "\r\n--b\r\n" + header.substr(5) + "\r\n--b--";
    const auto parts = parse_multipart(body, "b");
    ASSERT_TRUE(parts) << parts.error();
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ(parts->front().body, "");
    EXPECT_EQ(parts->back().body, "");
}

TEST(Multipart, InnerBodyWithLongerBoundaryIsContent) {
    const std::string inner = part("inner", "--bc") + "--bc--";
    const std::string body = part(inner) + "--b--";
    EXPECT_EQ(parse_multipart(body, "b").value().front().body, inner);
}

TEST(Multipart, PartsAreCountedUpToTheLimit) {
    const std::string three = part("1") + part("2") + part("3") + "--b--";
    EXPECT_EQ(parse_multipart(three, "b", {.max_parts = 3}).value().size(), 3U);
    EXPECT_FALSE(parse_multipart(three, "b", {.max_parts = 2}));
}

TEST(Multipart, PartHeadersAreMeasuredUpToTheLimit) {
    const std::string body = part("content") + "--b--";
    const std::size_t header_bytes = body.find("content") - 5;
    EXPECT_TRUE(parse_multipart(body, "b", {.max_part_header_bytes = header_bytes}));
    EXPECT_FALSE(parse_multipart(body, "b", {.max_part_header_bytes = header_bytes - 1}));
}

TEST(Multipart, ManyPartsAreRead) {
    std::string body;
    for (int i = 0; i < 10'000; ++i) body += part(std::to_string(i));
    body += "--b--";
    const auto parts = parse_multipart(body, "b", {.max_parts = 10'000});
    ASSERT_TRUE(parts) << parts.error();
    ASSERT_EQ(parts->size(), 10'000U);
    EXPECT_EQ(parts->back().body, "9999");
}

/// Bodies on which a search that starts again at each character needs hours: the time limit of the
/// test is the check.
TEST(Multipart, TimeIsLinearInTheBody) {
    constexpr std::size_t megabytes = 16U << 20U;
    const std::string boundary(70, '-');
    const auto repeated = [](const std::string& unit) {
        std::string text;
        text.reserve(megabytes);
        while (text.size() < megabytes) text += unit;
        return text;
    };
    for (const std::string& unit :
         {std::string("\r"), std::string("-"), "\r\n--" + boundary.substr(1),
          "\r\n--" + boundary + "x", "\r\n--" + boundary + std::string(500, ' ') + "x"}) {
        const std::string content = repeated(unit);
        const std::string body = part(content, "--" + boundary) + "--" + boundary + "--";
        const auto parts = parse_multipart(body, boundary);
        ASSERT_TRUE(parts) << parts.error();
        EXPECT_EQ(parts->front().body.size(), content.size());
    }
}

TEST(Multipart, TimeIsLinearInTheNames) {
    std::string name;
    for (int i = 0; i < 1'000'000; ++i) name += "%22";
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n\r\n--b--";
    const auto parts = parse_multipart(body, "b", {.max_part_header_bytes = body.size()});
    ASSERT_TRUE(parts) << parts.error();
    EXPECT_EQ(parts->front().name, std::string(1'000'000, '"'));
}

/// One random change: a byte changed, a range cut out, doubled or put elsewhere, or the end cut
/// off.
void mutate(std::string& body, std::mt19937& random) {
    const auto below = [&](std::size_t bound) {
        return random() % std::max<std::size_t>(bound, 1);
    };
    const std::size_t at = below(body.size());
    const std::size_t length = below(std::min<std::size_t>(body.size() - at, 24));
    switch (below(5)) {
        case 0:
            if (!body.empty()) body[at] = "\r\n-b\";=%\\:\0 "[below(13)];
            break;
        case 1:
            body.erase(at, length);
            break;
        case 2:
            body.insert(below(body.size()), body.substr(at, length));
            break;
        case 3:
            body.insert(at, 1, static_cast<char>(random()));
            break;
        default:
            body.resize(at);
    }
}

/// In memory of its exact size, so that a sanitizer sees each byte read beyond it.
void expect_sound(const std::string& text, std::string_view boundary) {
    const std::vector<char> exact(text.begin(), text.end());
    const std::string_view body(exact.data(), exact.size());
    const auto parts = parse_multipart(body, boundary, {.max_parts = 4});
    if (!parts) return;
    EXPECT_LE(parts->size(), 4U);
    const char* behind = body.data();
    for (const Part& found : *parts) {
        EXPECT_GE(found.body.data(), behind);
        behind = found.body.data() + found.body.size();
        EXPECT_LE(behind, body.data() + body.size());
        EXPECT_EQ(found.body.find("\r\n--b\r\n"), std::string_view::npos);
    }
}

TEST(Multipart, MutatedBodiesAreSafe) {
    const std::string original =
        "preamble\r\n" + part("content") + part("") +
        "--b\r\nContent-Type: image/png\r\nContent-Disposition: form-data;\r\n name=\"a\\\"%22\"; "
        "filename*=UTF-8''%e2%82%ac\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\nZm9v\r\n--b--\r\nepilogue";
    ASSERT_TRUE(parse_multipart(original, "b"));
    ASSERT_TRUE(parse_multipart(original, "--b"));
    std::mt19937 random(7);
    for (int i = 0; i < 30'000; ++i) {
        std::string body = original;
        for (auto changes = 1 + random() % 6; changes > 0; --changes) mutate(body, random);
        expect_sound(body, i % 2 == 0 ? "b" : "--b");
    }
}

}  // namespace
}  // namespace faceward::http
