#include "service/api/payload.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace faceward::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

TEST(Payload, HasDefaultsForWhatIsMissing) {
    for (const char* text : {"{}", R"({"analyses": []})", R"({"analyses": null, "x": [1]})"}) {
        const auto payload = parse_payload(text, 0.4);
        ASSERT_TRUE(payload) << text;
        ASSERT_THAT(payload->analyses, SizeIs(1));
        EXPECT_EQ(payload->analyses[0].threshold_spoofing, 0.4);
        EXPECT_FALSE(payload->analyses[0].extract_best_shot);
        EXPECT_EQ(payload->folder_meta_data, Json::object());
        EXPECT_FALSE(payload->resolution_endpoint);
    }
}

TEST(Payload, IsReadAsPublished) {
    const auto payload = parse_payload(R"({
        "folder:meta_data": {"b": 1, "a": {"c": null}},
        "resolution_endpoint": "https://www.example.com",
        "media:meta_data": {"m1": {"foo": "bar"}, "m2": {}},
        "media:tags": {"m1": ["video_selfie", "orientation_portrait"]},
        "analyses": [
            {"type": "quality", "meta_data": {"x": "y"},
             "params": {"threshold_spoofing": 0.6, "extract_best_shot": true}},
            {"type": "quality"}]})",
                                       0.5);
    ASSERT_TRUE(payload) << payload.error().reason;
    EXPECT_EQ(payload->folder_meta_data.dump(), R"({"b":1,"a":{"c":null}})");
    EXPECT_EQ(payload->resolution_endpoint, "https://www.example.com");
    EXPECT_THAT(payload->media_meta_data, SizeIs(2));
    EXPECT_THAT(payload->media_tags.at("m1"), ElementsAre("video_selfie", "orientation_portrait"));
    ASSERT_THAT(payload->analyses, SizeIs(2));
    EXPECT_EQ(payload->analyses[0].threshold_spoofing, 0.6);
    EXPECT_TRUE(payload->analyses[0].extract_best_shot);
    EXPECT_EQ(payload->analyses[0].meta_data.dump(), R"({"x":"y"})");
    EXPECT_EQ(payload->analyses[1].threshold_spoofing, 0.5);
}

struct Bad {
    std::string text;
    std::string named;
};

class BadPayload : public testing::TestWithParam<Bad> {};

TEST_P(BadPayload, IsRefusedNamingTheField) {
    const auto payload = parse_payload(GetParam().text, 0.5);
    ASSERT_FALSE(payload) << GetParam().text;
    EXPECT_EQ(payload.error().refusal, Refusal::bad_request);
    EXPECT_THAT(payload.error().reason, HasSubstr(GetParam().named)) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Payloads, BadPayload,
    testing::Values(
        Bad{"", "JSON"}, Bad{"{", "JSON"}, Bad{"{}}", "JSON"}, Bad{"[1]", "object"},
        Bad{"nul", "JSON"}, Bad{"\"text\"", "object"}, Bad{"{\"a\": \"\xFF\"}", "JSON"},
        Bad{R"({"folder:meta_data": []})", "folder:meta_data"},
        Bad{R"({"resolution_endpoint": 7})", "resolution_endpoint"},
        Bad{R"({"media:meta_data": "x"})", "media:meta_data"},
        Bad{R"({"media:meta_data": {"m1": 5}})", "media:meta_data.m1"},
        Bad{R"({"media:meta_data": {"m1": ["a"]}})", "media:meta_data.m1"},
        Bad{R"({"media:tags": []})", "media:tags"},
        Bad{R"({"media:tags": {"m1": "x"}})", "media:tags.m1"},
        Bad{R"({"media:tags": {"m1": [1]}})", "media:tags.m1"},
        Bad{R"({"analyses": {}})", "analyses"}, Bad{R"({"analyses": [1]})", "analyses[0]"},
        Bad{R"({"analyses": [{}]})", "analyses[0].type"},
        Bad{R"({"analyses": [{"type": 1}]})", "analyses[0].type"},
        Bad{R"({"analyses": [{"type": "quality"}, {"type": "biometry"}]})", "analyses[1].type"},
        Bad{R"({"analyses": [{"type": "quality", "meta_data": 1}]})", "analyses[0].meta_data"},
        Bad{R"({"analyses": [{"type": "quality", "params": 1}]})", "analyses[0].params"},
        Bad{R"({"analyses": [{"type": "quality", "params": {"threshold_spoofing": "0.5"}}]})",
            "threshold_spoofing"},
        Bad{R"({"analyses": [{"type": "quality", "params": {"threshold_spoofing": 1.01}}]})",
            "threshold_spoofing"},
        Bad{R"({"analyses": [{"type": "quality", "params": {"threshold_spoofing": -0.1}}]})",
            "threshold_spoofing"},
        Bad{R"({"analyses": [{"type": "quality", "params": {"extract_best_shot": 1}}]})",
            "extract_best_shot"},
        Bad{std::string(100'000, '['), "deep"},
        Bad{"{\"a\":" + std::string(70, '[') + std::string(70, ']') + "}", "deep"},
        Bad{"{\"a\": \"" + std::string((1U << 20U) + 1, 'x') + "\"}", "1 MiB"}));

TEST(Payload, ManyAnalysesAreTooMany) {
    std::string text = R"({"analyses": [{"type": "quality"})";
    for (int i = 0; i < 100; ++i) text += R"(, {"type": "quality"})";
    const auto payload = parse_payload(text + "]}", 0.5);
    ASSERT_FALSE(payload);
    EXPECT_THAT(payload.error().reason, HasSubstr("100"));
}

TEST(Payload, NullStandsForWhatIsMissing) {
    const auto payload =
        parse_payload(R"({"media:meta_data": {"m1": null}, "media:tags": {"m1": null}})", 0.5);
    ASSERT_TRUE(payload) << payload.error().reason;
    EXPECT_EQ(payload->media_meta_data.at("m1"), Json::object());
    EXPECT_TRUE(payload->media_tags.at("m1").empty());
}

/// An object of so many members.
std::string members(int count) {
    std::string text = "{\"0\": 0";
    for (int i = 1; i < count; ++i) text += ",\"" + std::to_string(i) + "\":0";
    return text + "}";
}

TEST(Payload, IsReadInTimeThatGrowsWithItsLength) {
    EXPECT_TRUE(parse_payload(members(10'000), 0.5));
    const auto many = parse_payload(members(80'000), 0.5);
    ASSERT_FALSE(many);
    EXPECT_THAT(many.error().reason, HasSubstr("more than 10000 members"));
    // Would take a minute if each entry were compared with all others.
    std::string list = "{\"x\": [{}";
    for (int i = 0; i < 300'000; ++i) list += ",{}";
    EXPECT_TRUE(parse_payload(list + "]}", 0.5));
}

TEST(Payload, BracketsAndColonsInStringsDoNotCount) {
    const std::string text = R"({"folder:meta_data": {"a": "\"\\)" + std::string(100, '[') +
                             std::string(20'000, ':') + R"(\\", "b": "}"}})";
    EXPECT_TRUE(parse_payload(text, 0.5));
}

TEST(Payload, WhatTheAnswerWouldRepeatTooOftenIsRefused) {
    const std::string meta_data =
        R"({"media:meta_data": {"m1": {"x": ")" + std::string(500'000, 'x');
    EXPECT_TRUE(parse_payload(meta_data + R"("}}})", 0.5));
    std::string analyses = R"("}}, "analyses": [{"type": "quality"})";
    for (int i = 0; i < 9; ++i) analyses += R"(, {"type": "quality"})";
    const auto payload = parse_payload(meta_data + analyses + "]}", 0.5);
    ASSERT_FALSE(payload);
    EXPECT_EQ(payload.error().refusal, Refusal::bad_request);
    EXPECT_THAT(payload.error().reason, HasSubstr("too large for so many analyses"));
}

}  // namespace
}  // namespace faceward::api
