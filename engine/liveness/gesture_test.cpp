#include "engine/liveness/gesture.hpp"

#include <gtest/gtest.h>

namespace faceward::liveness {
namespace {

std::vector<Expression> eyes(std::initializer_list<float> shut) {
    std::vector<Expression> frames;
    for (const float value : shut) frames.push_back({value, 0, {}});
    return frames;
}

std::vector<Expression> poses(std::initializer_list<face::HeadPose> turns) {
    std::vector<Expression> frames;
    for (const face::HeadPose& pose : turns) frames.push_back({0, 0, pose});
    return frames;
}

TEST(Gestures, AreMadeFarEnoughFromHowTheClipBegins) {
    EXPECT_TRUE(look_for(Gesture::close_eyes, eyes({0.1F, 0.1F, 0.1F, 0.1F, 0.6F, 0.1F})).made());
    EXPECT_FALSE(look_for(Gesture::close_eyes, eyes({0.1F, 0.1F, 0.1F, 0.3F, 0.2F})).made());
    EXPECT_FALSE(look_for(Gesture::close_eyes, eyes({0.6F, 0.6F, 0.6F, 0.6F, 0.6F})).made());
}

TEST(Gestures, BeginEvenWhereOneOfTheFirstFramesStrays) {
    EXPECT_TRUE(look_for(Gesture::close_eyes, eyes({0.6F, 0.1F, 0.1F, 0.1F, 0.6F})).made());
}

TEST(Gestures, HaveTheirDirections) {
    const auto left = poses({{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {25, 0, 0}, {0, 0, 0}});
    EXPECT_DOUBLE_EQ(look_for(Gesture::turn_left, left).reached, 25);
    EXPECT_TRUE(look_for(Gesture::turn_left, left).made());
    EXPECT_FALSE(look_for(Gesture::turn_right, left).made());
    const auto down = poses({{0, -4, 0}, {0, -4, 0}, {0, -4, 0}, {0, 8, 0}});
    EXPECT_DOUBLE_EQ(look_for(Gesture::look_down, down).reached, 12);
    EXPECT_FALSE(look_for(Gesture::look_up, down).made());
    EXPECT_TRUE(
        look_for(Gesture::look_up, poses({{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, -12, 0}})).made());
}

TEST(Gestures, ComeBackCountsForNothing) {
    const auto ends_right = poses({{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {-30, 0, 0}, {0, 0, 0}});
    EXPECT_DOUBLE_EQ(look_for(Gesture::turn_left, ends_right).reached, 0);
}

TEST(Gestures, TakeMoreThanThreeFrames) {
    EXPECT_FALSE(look_for(Gesture::smile, {}).made());
    const std::vector<Expression> few{{0, 0, {}}, {0, 0, {}}, {0, 1, {}}};
    EXPECT_FALSE(look_for(Gesture::smile, few).made());
}

}  // namespace
}  // namespace faceward::liveness
