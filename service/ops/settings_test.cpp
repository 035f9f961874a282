#include "service/ops/settings.hpp"

#include "service/ops/setting_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <set>

namespace faceward::ops {
namespace {

using testing::HasSubstr;

tl::expected<Settings, std::string> from_environment(Environment environment) {
    return load_settings({.file = {}, .environment = std::move(environment), .options = {}});
}

TEST(SettingTable, namesEachSettingOnceAndReachesItsOwnField) {
    std::set<std::string_view> names;
    for (const Setting& setting : setting_table()) {
        EXPECT_TRUE(names.insert(setting.name).second) << setting.name;
        EXPECT_EQ(find_setting(setting.name), &setting);
        Settings settings;
        EXPECT_EQ(accept(setting.allowed, setting.get(settings)), setting.get(settings))
            << setting.name << "'s default is not allowed";
        setting.set(settings, setting.get(settings));
        EXPECT_EQ(settings, Settings{}) << setting.name;
    }
    EXPECT_EQ(find_setting("no_such"), nullptr);
}

/// A value that differs from the default, as text.
std::string another_value(const Setting& setting) {
    const Value value = setting.get(Settings{});
    if (const bool* on = std::get_if<bool>(&value)) return *on ? "false" : "true";
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole + 1);
    if (const auto* number = std::get_if<Number>(&setting.allowed))
        return std::to_string(number->least + 0.7 * (number->most - number->least));
    const auto* choice = std::get_if<Choice>(&setting.allowed);
    if (choice == nullptr) return "elsewhere";
    const auto other = [&](std::string_view w) { return w != std::get<std::string>(value); };
    return std::string(*std::ranges::find_if(choice->words, other));
}

TEST(Settings, eachHasAVariableThatChangesItAlone) {
    for (const Setting& setting : setting_table()) {
        std::string variable = "FACEWARD_";
        for (const char c : setting.name) variable += static_cast<char>(std::toupper(c));
        const std::string text = another_value(setting);
        const auto settings = from_environment({{variable, text}});
        ASSERT_TRUE(settings) << settings.error();
        for (const Setting& other : setting_table()) {
            const Value expected = &other == &setting ? accept_text(setting.allowed, text).value()
                                                      : other.get(Settings{});
            EXPECT_EQ(other.get(*settings), expected) << variable << " and " << other.name;
        }
    }
}

TEST(Settings, fitTenThousandTemplatesInOneRequestByDefault) {
    EXPECT_GE(Settings{}.max_body_bytes, 20U << 20U);
    EXPECT_GT(Settings{}.max_parts, 10'001U);
}

TEST(Settings, refusesVariables) {
    const struct {
        const char* name;
        const char* value;
        const char* error;
    } cases[] = {
        {"FACEWARD_PORT", "70000",
         "environment variable FACEWARD_PORT: port = \"70000\", but it must be a whole number from "
         "0 to 65535"},
        {"FACEWARD_PORT", "",
         "environment variable FACEWARD_PORT: port = \"\", but it must be a whole number from 0 to "
         "65535"},
        {"FACEWARD_PROFILE", "slow",
         "environment variable FACEWARD_PROFILE: profile = \"slow\", but it must be fast, "
         "balanced or accurate"},
        {"FACEWARD_HOST", "",
         "environment variable FACEWARD_HOST: host = \"\", but it must be text that is not empty"},
        {"FACEWARD_PROT", "1", "environment variable FACEWARD_PROT: there is no such setting"},
        {"FACEWARD_port", "1", "environment variable FACEWARD_port: there is no such setting"},
        {"FACEWARD_", "1", "environment variable FACEWARD_: there is no such setting"},
    };
    for (const auto& c : cases) {
        const auto settings = from_environment({{c.name, c.value}});
        ASSERT_FALSE(settings) << c.name;
        EXPECT_EQ(settings.error(), c.error);
    }
}

TEST(Settings, passesOverOtherVariables) {
    const auto settings = from_environment({{"FACEWARD_CACHE", "/c"},
                                            {"FACEWARD_PACKS", "/p"},
                                            {"FACEWARD_EVAL", "/e"},
                                            {"FACEWARD_TEST_PYTHON", "/y"},
                                            {"FACEWARD_GENERATED_MODELS", "/g"},
                                            {"FACEWARD_PICTURES", "/i"},
                                            {"FACEWARD_CONFIG", "/f"},
                                            {"PORT", "1"},
                                            {"faceward_port", "1"},
                                            {"FACEWARDPORT", "1"}});
    ASSERT_TRUE(settings) << settings.error();
    EXPECT_EQ(*settings, Settings{});
}

TEST(Settings, anOptionBeatsAVariable) {
    const auto settings =
        load_settings({.file = {},
                       .environment = {{"FACEWARD_PORT", "1"}, {"FACEWARD_WORKERS", "3"}},
                       .options = {{"port", "2"}}});
    ASSERT_TRUE(settings) << settings.error();
    EXPECT_EQ(settings->port, 2);
    EXPECT_EQ(settings->workers, 3U);
}

TEST(Settings, refusesOptions) {
    const auto load = [](GivenOptions options) {
        return load_settings({.file = {}, .environment = {}, .options = std::move(options)});
    };
    EXPECT_EQ(
        load({{"log_level", "loud"}}).error(),
        "option --log_level: log_level = \"loud\", but it must be debug, info, warn or error");
    EXPECT_EQ(load({{"nothing", "1"}}).error(), "option --nothing: there is no such setting");
}

TEST(Settings, areCheckedAgainstEachOther) {
    EXPECT_EQ(from_environment({{"FACEWARD_DECLINE_THRESHOLD", "0.9"}}).error(),
              "decline_threshold = 0.9, but it must be at most approve_threshold = 0.85");
    EXPECT_EQ(from_environment({{"FACEWARD_MAX_BUFFERED_BYTES", "100000"}}).error(),
              "max_buffered_bytes = 100000, but it must be at least max_body_bytes = 67108864");
    EXPECT_TRUE(from_environment({{"FACEWARD_DECLINE_THRESHOLD", "0.85"}}));
    EXPECT_EQ(from_environment({{"FACEWARD_APPROVE_THRESHOLD", "0.4"},
                                {"FACEWARD_MAX_BODY_BYTES", "2000000000"}})
                  .error(),
              "decline_threshold = 0.5, but it must be at most approve_threshold = 0.4; "
              "max_buffered_bytes = 1073741824, but it must be at least max_body_bytes = "
              "2000000000");
}

TEST(Settings, giveTheAdminPortAPortOfItsOwn) {
    EXPECT_EQ(
        from_environment({{"FACEWARD_ADMIN_PORT", "8080"}, {"FACEWARD_HOST", "0.0.0.0"}}).error(),
        "admin_port = 8080, but it must not be port, as admin_host = \"127.0.0.1\" and host = "
        "\"0.0.0.0\" overlap");
    EXPECT_TRUE(from_environment({{"FACEWARD_ADMIN_PORT", "8080"}, {"FACEWARD_HOST", "::1"}}));
    EXPECT_TRUE(from_environment({{"FACEWARD_ADMIN_PORT", "8081"}}));
    EXPECT_TRUE(from_environment({{"FACEWARD_ADMIN_PORT", "0"}, {"FACEWARD_PORT", "0"}}));
}

TEST(ReadEnvironment, splitsAtTheFirstEqualsSign) {
    const char* const entries[] = {"A=1", "B=x=y", "C=", "nothing", nullptr};
    EXPECT_EQ(read_environment(entries), (Environment{{"A", "1"}, {"B", "x=y"}, {"C", ""}}));
}

}  // namespace
}  // namespace faceward::ops
