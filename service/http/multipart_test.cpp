#include "service/http/multipart.hpp"

#include <gtest/gtest.h>

namespace faceward::http {
namespace {

TEST(Boundary, IsReadHoweverItIsWritten) {
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc"), "abc");
    EXPECT_EQ(boundary_of("multipart/form-data;boundary=\"a b:c\""), "a b:c");
    EXPECT_EQ(boundary_of("Multipart/Form-Data; charset=utf-8; BOUNDARY=abc; x=y"), "abc");
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=--BOUNDARY--"), "--BOUNDARY--");
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=----=_Part_1.2/3"), "----=_Part_1.2/3");
    EXPECT_EQ(boundary_of("multipart/form-data;\r\n boundary=abc"), "abc");
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(70, 'b')),
              std::string(70, 'b'));
}

TEST(Boundary, MissingOnes) {
    for (const char* type :
         {"", "multipart/form-data", "multipart/form-data; boundary",
          "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
          "multipart/form-data; boundary=\"abc", "multipart/form-data; boundary=a; boundary=b",
          "multipart/form-data; xboundary=a"})
        EXPECT_FALSE(boundary_of(type)) << type;
}

TEST(Boundary, IsExplainedWhenItIsNone) {
    const std::string form = "multipart/form-data";
    EXPECT_EQ(boundary_of(form).error(), "the boundary is missing");
    EXPECT_EQ(boundary_of(form + "; boundary=\"\"").error(), "the boundary is missing");
    EXPECT_EQ(boundary_of(form + "; boundary=").error(),
              "the parameter boundary has no value or an open quote");
    EXPECT_EQ(boundary_of(form + "; boundary=" + std::string(71, 'b')).error(),
              "the boundary is longer than 70 characters");
    EXPECT_EQ(boundary_of(form + "; boundary=a b").error(),
              "the parameter boundary has a value that must be quoted");
    EXPECT_EQ(boundary_of(form + "; boundary=a; boundary=b").error(),
              "the parameter boundary is there twice");
}

TEST(Multipart, SaysWhatIsWrongWithADisposition) {
    const struct {
        std::string disposition;
        std::string error;
    } cases[] = {
        {"form-data", "a part has no name"},
        {"attachment; name=n", "a part is no form-data"},
        {"form-data; name=",
         "in the header of a part, the parameter name has no value or an open quote"},
        {"form-data; name=n; filename=",
         "in the header of a part, the parameter filename has no value or an open quote"},
        {"form-data; name=n; filename=\"a",
         "in the header of a part, the parameter filename has no value or an open quote"},
        {"form-data; name=n; filename=a; filename=b",
         "in the header of a part, the parameter filename is there twice"},
        {"form-data; name=n; filename=a b.jpg",
         "in the header of a part, the parameter filename has a value that must be quoted"},
        {"form-data; name", "in the header of a part, a parameter is malformed"},
    };
    for (const auto& c : cases) {
        const std::string body =
            "--b\r\nContent-Disposition: " + c.disposition + "\r\n\r\n\r\n--b--";
        EXPECT_EQ(parse_multipart(body, "b").error(), c.error);
    }
    EXPECT_EQ(parse_multipart("--b\r\n\r\n\r\n--b--", "b").error(),
              "a part has no Content-Disposition");
}

struct Body {
    std::string name;
    std::string text;
    std::string boundary = "b";
};

/// Good bodies with one part "n" whose content is "content".
class OnePart : public testing::TestWithParam<Body> {};

TEST_P(OnePart, IsRead) {
    const auto parts = parse_multipart(GetParam().text, GetParam().boundary);
    ASSERT_TRUE(parts) << parts.error();
    ASSERT_EQ(parts->size(), 1U);
    EXPECT_EQ(parts->front().name, "n");
    EXPECT_EQ(parts->front().body, "content");
}

constexpr auto simple =
    "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\ncontent\r\n--b--\r\n";

INSTANTIATE_TEST_SUITE_P(
    Multipart, OnePart,
    testing::Values(
        Body{"simple", simple}, Body{"preamble", "This is a message.\r\n" + std::string(simple)},
        Body{"empty_line_first", "\r\n" + std::string(simple)},
        Body{"preamble_like_delimiter", "--bb\r\n" + std::string(simple)},
        Body{"epilogue", std::string(simple) + "--b\r\nanything\r\n"},
        Body{"no_last_line_end",
             "--b\r\nContent-Disposition: form-data; name=n\r\n\r\ncontent\r\n--b--"},
        Body{"blanks_after_boundary",
             "--b \t\r\nContent-Disposition: form-data; name=n\r\n\r\ncontent\r\n--b-- \r\n"},
        Body{"other_case",
             "--b\r\ncontent-disposition: Form-Data; Name=\"n\"\r\n\r\ncontent\r\n--b--"},
        Body{"folded",
             "--b\r\nContent-Disposition: form-data;\r\n name=\"n\"\r\n\r\ncontent\r\n--b--"},
        Body{"no_space_after_colon",
             "--b\r\nContent-Disposition:form-data;name=n\r\n\r\ncontent\r\n--b--"},
        Body{"unknown_headers",
             "--b\r\nX: y\r\nContent_type: image/png\r\nContent-Disposition: form-data; "
             "name=n\r\nContent-Length: 99\r\n\r\ncontent\r\n--b--"},
        Body{"hyphens",
             "----B--\r\nContent-Disposition: form-data; name=n\r\n\r\ncontent\r\n----B----\r\n",
             "--B--"},
        Body{"browser",
             "------WebKitFormBoundaryX\r\nContent-Disposition: form-data; "
             "name=\"n\"\r\n\r\ncontent\r\n------WebKitFormBoundaryX--\r\n",
             "----WebKitFormBoundaryX"}),
    [](const auto& test) { return test.param.name; });

class BrokenBody : public testing::TestWithParam<Body> {};

TEST_P(BrokenBody, IsRefused) {
    const auto parts = parse_multipart(GetParam().text, GetParam().boundary);
    ASSERT_FALSE(parts);
    EXPECT_NE(parts.error(), "");
}

const std::string header = "Content-Disposition: form-data; name=\"n\"\r\n";

INSTANTIATE_TEST_SUITE_P(
    Multipart, BrokenBody,
    testing::Values(
        Body{"empty", ""}, Body{"garbage", "garbage"}, Body{"only_line_end", "\r\n"},
        Body{"only_boundary", "--b"}, Body{"only_delimiter", "--b\r\n"},
        Body{"other_boundary", simple, "c"}, Body{"longer_boundary", simple, "bb"},
        Body{"boundary_within_line", "x" + std::string(simple, 40)},
        Body{"never_closed", "--b\r\n" + header + "\r\ncontent"},
        Body{"cut_before_last_hyphens", "--b\r\n" + header + "\r\ncontent\r\n--b"},
        Body{"cut_before_last_hyphen", "--b\r\n" + header + "\r\ncontent\r\n--b-"},
        Body{"second_part_never_closed",
             "--b\r\n" + header + "\r\ncontent\r\n--b\r\n" + header + "\r\nmore"},
        Body{"text_after_closing", "--b\r\n" + header + "\r\ncontent\r\n--b--x"},
        Body{"no_line_end_before_delimiter", "--b\r\n" + header + "\r\ncontent--b--"},
        Body{"bare_line_feeds",
             "--b\nContent-Disposition: form-data; name=\"n\"\n\ncontent\n--b--\n"},
        Body{"no_empty_line", "--b\r\n" + header + "--b--\r\n"},
        Body{"no_empty_line_then_part",
             "--b\r\n" + header + "--b\r\n" + header + "\r\ncontent\r\n--b--"},
        Body{"line_without_colon", "--b\r\nheader\r\n" + header + "\r\ncontent\r\n--b--"},
        Body{"no_headers", "--b\r\n\r\ncontent\r\n--b--"},
        Body{"no_disposition", "--b\r\nContent-Type: image/png\r\n\r\ncontent\r\n--b--"},
        Body{"no_name", "--b\r\nContent-Disposition: form-data\r\n\r\ncontent\r\n--b--"},
        Body{"not_form_data",
             "--b\r\nContent-Disposition: attachment; name=n\r\n\r\ncontent\r\n--b--"},
        Body{"open_quote",
             "--b\r\nContent-Disposition: form-data; name=\"n\r\n\r\ncontent\r\n--b--"},
        Body{"name_twice",
             "--b\r\nContent-Disposition: form-data; name=n; name=m\r\n\r\ncontent\r\n--b--"},
        Body{"disposition_twice", "--b\r\n" + header + header + "\r\ncontent\r\n--b--"},
        Body{"type_twice",
             "--b\r\n" + header +
                 "Content-Type: image/png\r\ncontent-type: image/png\r\n\r\ncontent\r\n--b--"},
        Body{"nul_in_header",
             "--b\r\n" + header + "X: " + std::string(1, '\0') + "\r\n\r\ncontent\r\n--b--"},
        Body{"line_feed_in_header",
             "--b\r\n" + header + "Content-Type: a\nb\r\n\r\ncontent\r\n--b--"}),
    [](const auto& test) { return test.param.name; });

TEST(Multipart, PartsKeepTheirOrderAndHeaders) {
    const std::string body =
        "--b\r\n"
        "Content-Type: image/png; x=y\r\n"
        "Content-Disposition: form-data; name=\"sample\"; filename=\"a.png\"\r\n"
        "\r\n"
        "first\r\n"
        "--b\r\n"
        "CONTENT-TRANSFER-ENCODING: base64\r\n"
        "Content-Disposition: form-data; filename=\"\"; name=\"sample\"\r\n"
        "\r\n"
        "second\r\n"
        "--b\r\n"
        "Content-Disposition: form-data; name=\"\"\r\n"
        "Content-Type:\r\n"
        "\r\n"
        "third\r\n"
        "--b--\r\n";
    const auto parts = parse_multipart(body, "b");
    ASSERT_TRUE(parts) << parts.error();
    ASSERT_EQ(parts->size(), 3U);
    const Part& first = (*parts)[0];
    EXPECT_EQ(first.name, "sample");
    EXPECT_EQ(first.filename, "a.png");
    EXPECT_EQ(first.content_type, "image/png; x=y");
    EXPECT_EQ(first.transfer_encoding, std::nullopt);
    EXPECT_EQ(first.body, "first");
    const Part& second = (*parts)[1];
    EXPECT_EQ(second.filename, "");
    EXPECT_EQ(second.content_type, std::nullopt);
    EXPECT_EQ(second.transfer_encoding, "base64");
    EXPECT_EQ(second.body, "second");
    const Part& third = (*parts)[2];
    EXPECT_EQ(third.name, "");
    EXPECT_EQ(third.filename, std::nullopt);
    EXPECT_EQ(third.content_type, "");
}

TEST(Multipart, BodyWithoutPartsIsEmpty) {
    EXPECT_EQ(parse_multipart("--b--\r\n", "b").value().size(), 0U);
    EXPECT_EQ(parse_multipart("--b--", "b").value().size(), 0U);
}

struct Disposition {
    std::string text;
    std::string name;
    std::optional<std::string> filename;
};

class Names : public testing::TestWithParam<Disposition> {};

TEST_P(Names, LoseTheirEscapes) {
    const auto parts = parse_multipart(
        "--b\r\nContent-Disposition: form-data; " + GetParam().text + "\r\n\r\n\r\n--b--", "b");
    ASSERT_TRUE(parts) << parts.error();
    EXPECT_EQ(parts->front().name, GetParam().name);
    EXPECT_EQ(parts->front().filename, GetParam().filename);
}

INSTANTIATE_TEST_SUITE_P(
    Multipart, Names,
    testing::Values(Disposition{R"(name="a\"b"; filename="c\"d.jpg")", "a\"b", "c\"d.jpg"},
                    Disposition{"name=\"a%22b\"; filename=\"%22c%22.jpg\"", "a\"b", "\"c\".jpg"},
                    Disposition{"name=\"%22\"; filename=\"%22%22%2%22\"", "\"", "\"\"%2\""},
                    Disposition{"name=n; filename=\"100%25%0A.jpg\"", "n", "100%25%0A.jpg"},
                    Disposition{"name=n; filename=a.jpg", "n", "a.jpg"},
                    Disposition{"name=\"n\"; filename=\"\xE5\x9B\xBE.jpg\"", "n",
                                "\xE5\x9B\xBE.jpg"},
                    Disposition{"name=n; filename*=UTF-8''%E5%9B%BE.jpg", "n", "\xE5\x9B\xBE.jpg"},
                    Disposition{"name=n; filename=\"x.jpg\"; filename*=utf-8''y.jpg", "n", "y.jpg"},
                    Disposition{"name=n; filename*=KOI8-R''%C1; filename=\"x.jpg\"", "n", "x.jpg"},
                    Disposition{"name=n; filename*=UTF-8''%", "n", std::nullopt},
                    Disposition{R"(name=n; filename="C:\faces\a.jpg")", "n", R"(C:\faces\a.jpg)"}));

}  // namespace
}  // namespace faceward::http
