#include "service/ops/setting_table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace faceward::ops {
namespace {

struct Parsed {
    GivenOptions given;
    std::string picture;
};

Parsed parse(std::vector<std::string> arguments) {
    Parsed parsed;
    CLI::App command;
    add_setting_options(command, parsed.given);
    command.add_option("picture", parsed.picture);
    std::ranges::reverse(arguments);  // as CLI11 wants them
    command.parse(std::move(arguments));
    return parsed;
}

TEST(SettingOptions, areWrittenWithUnderscoresOrHyphens) {
    for (const Setting& setting : setting_table()) {
        const std::string name(setting.name);
        std::string hyphens = name;
        std::ranges::replace(hyphens, '_', '-');
        for (const std::string& spelling : {name, hyphens})
            EXPECT_EQ(parse({fmt::format("--{}=x", spelling)}).given, (GivenOptions{{name, "x"}}))
                << spelling;
    }
}

TEST(SettingOptions, takeTheirValueInTheUsualWays) {
    const struct {
        std::vector<std::string> arguments;
        GivenOptions given;
    } cases[] = {
        {{}, {}},
        {{"--port", "80"}, {{"port", "80"}}},
        {{"--port=80", "--max-queue", "0"}, {{"port", "80"}, {"max_queue", "0"}}},
        {{"--decline_threshold", "-1"}, {{"decline_threshold", "-1"}}},
        {{"--models", ""}, {{"models", ""}}},
        {{"--webhook_allow", "a,*.b"}, {{"webhook_allow", "a,*.b"}}},
        {{"--webhook-allow=[::1]"}, {{"webhook_allow", "[::1]"}}},
        {{"--tolerate_bystanders"}, {{"tolerate_bystanders", "true"}}},
        {{"--tolerate-bystanders=false"}, {{"tolerate_bystanders", "false"}}},
    };
    for (const auto& c : cases) EXPECT_EQ(parse(c.arguments).given, c.given);
}

TEST(SettingOptions, aSwitchLeavesThePictureAlone) {
    const Parsed parsed = parse({"--tolerate-bystanders", "group.jpg"});
    EXPECT_EQ(parsed.given, (GivenOptions{{"tolerate_bystanders", "true"}}));
    EXPECT_EQ(parsed.picture, "group.jpg");
}

TEST(SettingOptions, refuseASecondValue) {
    for (const std::vector<std::string>& twice :
         {std::vector<std::string>{"--max-queue", "1", "--max_queue", "2"},
          {"--tolerate_bystanders", "--tolerate_bystanders=false"}}) {
        try {
            parse(twice);
            ADD_FAILURE() << twice.front();
        } catch (const CLI::ParseError& error) {
            EXPECT_THAT(error.what(), testing::EndsWith("is given twice"));
        }
    }
}

TEST(SettingOptions, strayWordsBehindASwitchAreExplained) {
    const std::vector<const char*> arguments{
        "faceward", "serve", "--port", "80", "--tolerate-bystanders", "maybe", "other"};
    EXPECT_THAT(explain_stray(arguments, "maybe").value(),
                testing::HasSubstr("--tolerate_bystanders=false"));
    EXPECT_EQ(explain_stray(arguments, "other"), std::nullopt);
    EXPECT_EQ(explain_stray(arguments, "80"), std::nullopt);
    EXPECT_EQ(explain_stray(arguments, "faceward"), std::nullopt);
}

TEST(SettingOptions, refuseWhatIsNone) {
    EXPECT_THROW(parse({"--prot", "80"}), CLI::ParseError);
    EXPECT_THROW(parse({"--port"}), CLI::ParseError);
}

}  // namespace
}  // namespace faceward::ops
