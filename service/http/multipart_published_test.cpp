#include "service/http/multipart.hpp"

#include <gtest/gtest.h>

namespace faceward::http {
namespace {

constexpr std::string_view published = "--BOUNDARY--";

std::string part(const std::string& name, const std::string& content,
                 std::string_view delimiter = published) {
    return std::string(delimiter) + "\r\nContent-Disposition: form-data; name=\"" + name +
           "\"\r\nContent_type: application/octet-stream\r\n\r\n" + content + "\r\n";
}

struct Body {
    std::string name;
    std::string text;
    std::string boundary = std::string(published);
};

/// Bodies whose delimiter is the boundary itself, with the parts "a" and "b".
class AsPublished : public testing::TestWithParam<Body> {};

TEST_P(AsPublished, IsRead) {
    const auto parts = parse_multipart(GetParam().text, GetParam().boundary);
    ASSERT_TRUE(parts) << parts.error();
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ(parts->front().name, "a");
    EXPECT_EQ(parts->front().body, "first");
    EXPECT_EQ(parts->front().content_type, std::nullopt);
    EXPECT_EQ(parts->back().name, "b");
    EXPECT_EQ(parts->back().body, "second");
}

const std::string two = part("a", "first") + part("b", "second");

INSTANTIATE_TEST_SUITE_P(
    Multipart, AsPublished,
    testing::Values(Body{"closed_by_itself", two + "--BOUNDARY--"},
                    Body{"line_end", two + "--BOUNDARY--\r\n"},
                    Body{"empty_lines", two + "--BOUNDARY-- \r\n\r\n \r\n"},
                    Body{"closing_hyphens", two + "--BOUNDARY----\r\n"},
                    Body{"epilogue_after_hyphens", two + "--BOUNDARY----\r\nepilogue"},
                    Body{"preamble", "preamble\r\n" + two + "--BOUNDARY--"},
                    Body{"no_hyphens_behind",
                         part("a", "first", "--x") + part("b", "second", "--x") + "--x--\r\n",
                         "--x"},
                    Body{"as_the_standard_says", part("a", "first", "----BOUNDARY--") +
                                                     part("b", "second", "----BOUNDARY--") +
                                                     "----BOUNDARY----\r\n"}),
    [](const auto& test) { return test.param.name; });

class BrokenAsPublished : public testing::TestWithParam<Body> {};

TEST_P(BrokenAsPublished, IsRefused) {
    const auto parts = parse_multipart(GetParam().text, GetParam().boundary);
    ASSERT_FALSE(parts) << parts->size();
}

INSTANTIATE_TEST_SUITE_P(
    Multipart, BrokenAsPublished,
    testing::Values(
        Body{"never_closed", two}, Body{"cut_off_content", two.substr(0, two.size() - 4)},
        Body{"cut_off_header", two.substr(0, part("a", "first").size() + 30)},
        Body{"cut_off_last_delimiter", two + "--BOUNDARY-"},
        Body{"text_behind", two + "--BOUNDARY--\r\nepilogue"},
        Body{"text_on_the_last_line", two + "--BOUNDARY--x"},
        Body{"bare_line_feed", two + "--BOUNDARY--\n"},
        Body{"no_such_hyphens_in_the_boundary",
             part("a", "first", "x") + part("b", "second", "x") + "x\r\n", "x"},
        Body{"one_hyphen", part("a", "first", "-x") + part("b", "second", "-x") + "-x\r\n", "-x"},
        Body{"standard_delimiter_within_a_content",
             part("a", "1\r\n----BOUNDARY--\r\n2") + "--BOUNDARY--"},
        Body{"standard_delimiter_within_a_line", part("a", "x----BOUNDARY--y") + "--BOUNDARY--"},
        Body{"standard_delimiters_closed_by_the_boundary",
             part("a", "first", "----BOUNDARY--") + "--BOUNDARY--"}),
    [](const auto& test) { return test.param.name; });

TEST(MultipartAsPublished, OnlyTheStandardDelimiterCountsWhereThereIsOne) {
    const std::string content = part("inner", "x") + "--BOUNDARY--";
    const std::string body = part("outer", content, "----BOUNDARY--") + "----BOUNDARY----";
    const auto parts = parse_multipart(body, published);
    ASSERT_TRUE(parts) << parts.error();
    ASSERT_EQ(parts->size(), 1U);
    EXPECT_EQ(parts->front().body, content);
}

TEST(MultipartAsPublished, LongerLinesAreContent) {
    const std::string content = "--BOUNDARY--x\r\n--BOUNDARY---\r\n--BOUNDARY";
    const std::string body = part("a", content) + "--BOUNDARY--";
    EXPECT_EQ(parse_multipart(body, published).value().front().body, content);
}

TEST(MultipartAsPublished, TimeIsLinearInTheBody) {
    std::string body;
    while (body.size() < (16U << 20U)) body += "\r\n--b x";
    body = part("a", body, "--b") + "--b";
    body.append(16U << 20U, ' ');
    EXPECT_EQ(parse_multipart(body, "--b").value().size(), 1U);
}

}  // namespace
}  // namespace faceward::http
