#include "service/ops/allowed.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <utility>
#include <vector>

namespace faceward::ops {
namespace {

constexpr std::array<std::string_view, 3> levels{"low", "middle", "high"};

TEST(Allowed, readsText) {
    const struct {
        Allowed allowed;
        std::string_view text;
        Value value;
    } cases[] = {
        {Switch{}, "true", true},
        {Switch{}, "false", false},
        {Whole{0, 9}, "0", std::int64_t{0}},
        {Whole{-9, 9}, "-9", std::int64_t{-9}},
        {Whole{0, 9}, "9", std::int64_t{9}},
        {Number{0, 1}, "0", 0.0},
        {Number{0, 1}, "0.25", 0.25},
        {Number{0, 1}, "1e-1", 0.1},
        {Text{true}, "", std::string()},
        {Text{false}, "low", std::string("low")},
        {Secret{}, "", std::string()},
        {Secret{}, "a, b", std::string("a, b")},
        {Choice{levels}, "low", std::string("low")},
        {List{}, "", std::vector<std::string>{}},
        {List{}, "low", std::vector<std::string>{"low"}},
        {List{}, "low,[::1]:80,*", std::vector<std::string>{"low", "[::1]:80", "*"}},
    };
    for (const auto& c : cases)
        EXPECT_EQ(accept_text(c.allowed, c.text), c.value) << describe(c.allowed) << ": " << c.text;
}

TEST(Allowed, refusesText) {
    const std::pair<Allowed, std::vector<std::string_view>> cases[] = {
        {Switch{}, {"1", "True", "true ", ""}},
        {Whole{0, 9},
         {"10", "-1", "+1", "1.0", " 1", "1 ", "0x1", "one", "", "99999999999999999999"}},
        {Number{0, 1}, {"1.5", "-0.5", "nan", "inf", "0,5", "0.5 ", ""}},
        {Text{false}, {""}},
        {Choice{levels}, {"Low", "lo", "lower", ""}},
        {List{}, {",", "a,", ",a", "a,,b", " a", "a, b", "a b", "a\tb", "a\n"}},
    };
    for (const auto& [allowed, texts] : cases)
        for (const std::string_view text : texts)
            EXPECT_FALSE(accept_text(allowed, text)) << describe(allowed) << ": " << text;
}

TEST(Allowed, takesValuesOfTheRightTypeOnly) {
    EXPECT_EQ(accept(Number{0, 2}, std::int64_t{1}), Value(1.0));
    EXPECT_FALSE(accept(Number{0, 2}, std::int64_t{3}));
    EXPECT_FALSE(accept(Number{0, 2}, std::numeric_limits<double>::quiet_NaN()));
    EXPECT_FALSE(accept(Number{0, 2}, std::string("1")));
    EXPECT_FALSE(accept(Whole{0, 2}, 1.0));
    EXPECT_FALSE(accept(Whole{0, 2}, true));
    EXPECT_FALSE(accept(Switch{}, std::int64_t{1}));
    EXPECT_FALSE(accept(Switch{}, std::string("true")));
    EXPECT_FALSE(accept(Text{true}, false));
    EXPECT_FALSE(accept(Secret{}, std::int64_t{1}));
    EXPECT_FALSE(accept(Choice{levels}, std::int64_t{0}));
    EXPECT_FALSE(accept(List{}, std::string("a")));
    EXPECT_FALSE(accept(List{}, std::vector<std::string>{"a,b"}));
    EXPECT_FALSE(accept(List{}, std::vector<std::string>{"a", ""}));
    EXPECT_FALSE(accept(Text{true}, std::vector<std::string>{}));
}

TEST(Allowed, saysWhatItIs) {
    EXPECT_EQ(describe(Switch{}), "true or false");
    EXPECT_EQ(describe(Whole{0, 65535}), "a whole number from 0 to 65535");
    EXPECT_EQ(describe(Number{0, 0.5}), "a number from 0 to 0.5");
    EXPECT_EQ(describe(Text{true}), "text");
    EXPECT_EQ(describe(Text{false}), "text that is not empty");
    EXPECT_EQ(describe(Secret{}), "text");
    EXPECT_EQ(describe(List{}),
              R"(a list of words without blanks: ["a", "b"] in a file, a,b elsewhere)");
    EXPECT_EQ(describe(Choice{levels}), "low, middle or high");
    EXPECT_EQ(describe(Choice{std::span(levels).first(2)}), "low or middle");
}

}  // namespace
}  // namespace faceward::ops
