#include "service/http/trace_context.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace faceward::http {
namespace {

constexpr const char* trace = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr const char* parent = "00f067aa0ba902b7";

std::string header(const std::string& version, const std::string& flags) {
    return version + "-" + trace + "-" + parent + "-" + flags;
}

TEST(TraceContext, IsReadFromTheHeader) {
    const auto context = read_traceparent(header("00", "01"));
    ASSERT_TRUE(context);
    EXPECT_EQ(context->trace_id, trace);
    EXPECT_EQ(context->parent_id, parent);
    EXPECT_TRUE(context->sampled);
    EXPECT_FALSE(read_traceparent(header("00", "02"))->sampled);
}

TEST(TraceContext, IsHandedOnWithASpanOfItsOwn) {
    const auto first = read_traceparent(header("00", "03"));
    const auto second = read_traceparent(header("00", "00"));
    ASSERT_TRUE(first && second);
    EXPECT_THAT(first->span_id, testing::MatchesRegex("[0-9a-f]{16}"));
    EXPECT_NE(first->span_id, second->span_id);
    EXPECT_NE(first->span_id, parent);
    EXPECT_EQ(traceparent(*first), std::string("00-") + trace + "-" + first->span_id + "-01");
    EXPECT_EQ(traceparent(*second), std::string("00-") + trace + "-" + second->span_id + "-00");
}

TEST(TraceContext, OfLaterVersionsMayGoOn) {
    EXPECT_TRUE(read_traceparent(header("01", "01")));
    EXPECT_TRUE(read_traceparent(header("cc", "01-what-comes-then")));
    EXPECT_FALSE(read_traceparent(header("cc", "01.what-comes-then")));
    EXPECT_FALSE(read_traceparent(header("00", "01-what-comes-then")));
}

TEST(TraceContext, IsIgnoredWhereItIsNotWellFormed) {
    const std::string zeros(32, '0');
    const std::vector<std::string> malformed{
        std::string(),
        std::string("00"),
        header("ff", "01"),
        header("0", "01"),
        header("00", "1"),
        header("00", "0x"),
        header("00", "011"),
        " " + header("00", "01"),
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-" + zeros + "-00f067aa0ba902b7-01",
        std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"),
        std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"),
        std::string("00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"),
    };
    for (const std::string& bad : malformed) EXPECT_FALSE(read_traceparent(bad)) << bad;
}

}  // namespace
}  // namespace faceward::http
