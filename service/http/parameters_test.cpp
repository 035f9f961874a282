#include "service/http/parameters.hpp"

#include <gtest/gtest.h>

namespace faceward::http {
namespace {

struct ParameterCase {
    std::string name;
    std::string text;
    std::string value;
    std::string parameter;  // of the name "p"
};

class GoodParameters : public testing::TestWithParam<ParameterCase> {};

TEST_P(GoodParameters, AreRead) {
    const auto parsed = ParameterisedValue::parse(GetParam().text);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->value(), GetParam().value);
    ASSERT_NE(parsed->parameter("p"), nullptr);
    EXPECT_EQ(*parsed->parameter("p"), GetParam().parameter);
}

INSTANTIATE_TEST_SUITE_P(
    Parameters, GoodParameters,
    testing::Values(ParameterCase{"quoted", "form-data; p=\"a b;c\"", "form-data", "a b;c"},
                    ParameterCase{"bare", "form-data; p=abc", "form-data", "abc"},
                    ParameterCase{"any_case", "x; P=1", "x", "1"},
                    ParameterCase{"no_spaces", "x;q=2;p=1", "x", "1"},
                    ParameterCase{"many_spaces", " x ;  p  =  1  ; ", "x", "1"},
                    ParameterCase{"folded", "x;\r\n\tp=1", "x", "1"},
                    ParameterCase{"bare_with_equals", "x; p=----=_Part_1/2:3", "x",
                                  "----=_Part_1/2:3"},
                    ParameterCase{"empty_quotes", "x; p=\"\"", "x", ""},
                    ParameterCase{"empty_slots", "x;; p=1;;", "x", "1"},
                    ParameterCase{"escaped_quote", R"(x; p="a\"b")", "x", "a\"b"},
                    ParameterCase{"escaped_backslash", R"(x; p="a\\")", "x", "a\\"},
                    ParameterCase{"windows_path", R"(x; p="C:\dir\a.jpg")", "x", R"(C:\dir\a.jpg)"},
                    ParameterCase{"utf8", "x; p=\"\xC3\xA4\"", "x", "\xC3\xA4"},
                    ParameterCase{"name_in_other_value", "x; q=\"p=2\"; p=1", "x", "1"}),
    [](const auto& test) { return test.param.name; });

class BadParameters : public testing::TestWithParam<std::string> {};

TEST_P(BadParameters, AreRefused) {
    EXPECT_FALSE(ParameterisedValue::parse(GetParam())) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Parameters, BadParameters,
                         testing::Values("x; p", "x; p=", "x; =1", "x; p=\"a", R"(x; p="a\")",
                                         "x; p=1; P=2", "x; p=1 q=2", "x; p=\"a\"b", "x; \"p\"=1",
                                         "x; p; q=1"));

TEST(Parameters, AbsentOneIsNull) {
    EXPECT_EQ(ParameterisedValue::parse("x; pp=1; q=2")->parameter("p"), nullptr);
    EXPECT_EQ(ParameterisedValue::parse("")->parameter("p"), nullptr);
}

TEST(Parameters, TooManyAreRefused) {
    std::string text = "x";
    for (int i = 0; i < 16; ++i) text += "; p" + std::to_string(i) + "=1";
    EXPECT_TRUE(ParameterisedValue::parse(text));
    EXPECT_FALSE(ParameterisedValue::parse(text + "; q=1"));
}

TEST(Parameters, ExtendedTexts) {
    EXPECT_EQ(decode_extended("UTF-8''%e2%82%ac%20rates"), "\xE2\x82\xAC rates");
    EXPECT_EQ(decode_extended("utf-8'en'a'b"), "a'b");
    EXPECT_EQ(decode_extended("iso-8859-1'en'%A3%20rates"), "\xC2\xA3 rates");
    EXPECT_EQ(decode_extended("UTF-8''"), "");
}

TEST(Parameters, BrokenExtendedTexts) {
    for (const char* text : {"", "a.jpg", "UTF-8'a.jpg", "KOI8-R''%C1", "UTF-8''%", "UTF-8''%4",
                             "UTF-8''%4g", "UTF-8''%-1"})
        EXPECT_FALSE(decode_extended(text)) << text;
}

}  // namespace
}  // namespace faceward::http
