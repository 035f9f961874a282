#include "service/api/gestures.hpp"

#include <gmock/gmock.h>

namespace faceward::api {
namespace {

using liveness::Gesture;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(GestureTags, NameGestures) {
    EXPECT_THAT(gestures_of({"video_selfie", "video_selfie_high", "orientation_portrait"}),
                ElementsAre(Gesture::look_up));
    EXPECT_THAT(gestures_of({"video_selfie_right", "video_selfie_eyes", "video_selfie_right"}),
                ElementsAre(Gesture::close_eyes, Gesture::turn_right));
    EXPECT_THAT(
        gestures_of({"video_selfie_smiling", "smile", "video_selfie_", "VIDEO_SELFIE_LEFT"}),
        IsEmpty());
}

TEST(GestureTags, AreTheWordsOfGestures) {
    using enum Gesture;
    for (const Gesture gesture : {close_eyes, smile, turn_left, turn_right, look_down, look_up})
        EXPECT_THAT(gestures_of({"video_selfie_" + std::string(to_string(gesture))}),
                    ElementsAre(gesture));
}

}  // namespace
}  // namespace faceward::api
