#include "service/ops/settings_change.hpp"

#include "service/ops/setting_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace faceward::ops {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SettingsChange, IsNothingBetweenEqualSettings) {
    const SettingsChange change = take_over({}, {});
    EXPECT_EQ(change.settings, Settings{});
    EXPECT_THAT(change.taken_over, IsEmpty());
    EXPECT_THAT(change.needs_start, IsEmpty());
}

TEST(SettingsChange, TakesOverWhatIsLiveAndNamesTheRest) {
    Settings wanted;
    wanted.max_queue = 5;
    wanted.approve_threshold = 0.9;
    wanted.log_level = LogLevel::error;
    wanted.port = 1;
    wanted.webhook_secret = "sesame";
    const SettingsChange change = take_over({}, wanted);
    EXPECT_THAT(change.taken_over,
                ElementsAre("max_queue = 5", "approve_threshold = 0.9", "log_level = \"error\""));
    EXPECT_THAT(change.needs_start, ElementsAre("port", "webhook_secret"));
    Settings expected;
    expected.max_queue = 5;
    expected.approve_threshold = 0.9;
    expected.log_level = LogLevel::error;
    EXPECT_EQ(change.settings, expected);
}

TEST(SettingsChange, NeverNeedsASecretToBeShown) {
    for (const Setting& setting : setting_table())
        EXPECT_FALSE(setting.live && std::holds_alternative<Secret>(setting.allowed))
            << setting.name;
}

}  // namespace
}  // namespace faceward::ops
