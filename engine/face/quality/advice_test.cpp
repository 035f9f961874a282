#include "engine/face/quality/advice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace faceward::face {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Advice, IsEmptyWhenNothingIsWorthSaying) {
    EXPECT_THAT(advice_on({}), IsEmpty());
    Quality good;
    for (const Component component : components) good[component] = measured(1, 50);
    EXPECT_THAT(advice_on(good), IsEmpty());
}

TEST(Advice, BeginsBelowTheLimitOfItsComponent) {
    for (const Component component : components) {
        Quality quality;
        quality[component] = measured(1, advised_below(component));
        EXPECT_THAT(advice_on(quality), IsEmpty()) << name_of(component);
        quality[component] = measured(1, advised_below(component) - 1);
        EXPECT_EQ(advice_on(quality).size(), 1U) << name_of(component);
    }
}

TEST(Advice, ComesWorstFirst) {
    Quality quality;
    quality[Component::inter_eye_distance] = measured(30, 20);
    quality[Component::under_exposure_prevention] = measured(1, 0);
    quality[Component::sharpness] = measured(0.6, 90);
    quality[Component::eyes_open] = measured(0.5, 20);
    EXPECT_THAT(advice_on(quality),
                ElementsAre("turn to the light", "move closer to the camera", "open your eyes"));
}

TEST(Advice, DoesNotSendAnybodyCloserAndBack) {
    Quality quality;
    quality[Component::inter_eye_distance] = measured(30, 20);
    quality[Component::crop_of_the_face_image] = measured(0, 0);
    EXPECT_THAT(advice_on(quality), ElementsAre("send a larger picture that shows the whole head"));
    quality[Component::inter_eye_distance] = measured(90, 100);
    EXPECT_THAT(advice_on(quality),
                ElementsAre("move back, so that the whole head is in the picture"));
}

TEST(Advice, GoesTheRightWay) {
    const auto of = [](Component component, double raw) {
        Quality quality;
        quality[component] = measured(raw, 10);
        return std::string(advice_on(quality).front());
    };
    EXPECT_THAT(of(Component::head_pose_yaw, 50), testing::HasSubstr("to your right"));
    EXPECT_THAT(of(Component::head_pose_yaw, -50), testing::HasSubstr("to your left"));
    EXPECT_EQ(of(Component::head_pose_pitch, 50), "raise your chin");
    EXPECT_EQ(of(Component::head_pose_pitch, -50), "lower your chin");
    EXPECT_THAT(of(Component::head_pose_roll, 50), testing::HasSubstr("to your left"));
    EXPECT_THAT(of(Component::head_pose_roll, -50), testing::HasSubstr("to your right"));
}

TEST(Advice, IsThereForEveryComponent) {
    for (const Component component : components) {
        Quality quality;
        quality[component] = measured(1, 0);
        ASSERT_EQ(advice_on(quality).size(), 1U) << name_of(component);
        EXPECT_FALSE(advice_on(quality).front().empty()) << name_of(component);
    }
}

}  // namespace
}  // namespace faceward::face
