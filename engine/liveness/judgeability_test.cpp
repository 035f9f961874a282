#include "engine/liveness/judgeability.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace faceward::liveness {
namespace {

using testing::HasSubstr;

constexpr image::Size picture{640, 480};

/// An upright face of that size about a place.
face::Face face_at(float x, float y, float size, float score = 0.95F) {
    const float eyes = size / 4;
    return {{x - size / 2, y - size / 2, x + size / 2, y + size / 2},
            score,
            {{{x - eyes, y - eyes},
              {x + eyes, y - eyes},
              {x, y},
              {x - eyes, y + eyes},
              {x + eyes, y + eyes}}}};
}

TEST(Judgeability, AFaceInTheMiddleIsJudged) {
    EXPECT_EQ(why_not_judgeable(face_at(320, 240, 150), picture, {}), std::nullopt);
}

struct Case {
    std::string name;
    face::Face face;
    std::string reason;
};

class NotJudgeable : public testing::TestWithParam<Case> {};

TEST_P(NotJudgeable, ForAReasonInPlainWords) {
    const auto reason = why_not_judgeable(GetParam().face, picture, {});
    ASSERT_TRUE(reason);
    EXPECT_THAT(*reason, HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Faces, NotJudgeable,
    testing::Values(Case{"too_small", face_at(320, 240, 60), "too small"},
                    Case{"too_close", face_at(320, 240, 420), "too little of the scene"},
                    Case{"unclear", face_at(320, 240, 150, 0.8F), "not clear enough"},
                    Case{"cut_off_left", face_at(30, 240, 150), "cut off"},
                    Case{"cut_off_below", face_at(320, 460, 150), "cut off"}),
    [](const auto& test) { return test.param.name; });

TEST(Judgeability, RulesAreSettings) {
    const face::Face small = face_at(320, 240, 60, 0.7F);
    EXPECT_EQ(why_not_judgeable(small, picture, {1, 10, 0.5F}), std::nullopt);
}

TEST(EyeDistance, OfAProfileIsThatToTheMouth) {
    face::Landmarks points = face_at(320, 240, 100).points;
    EXPECT_FLOAT_EQ(eye_distance(points), 50);
    for (image::Point& point : points) point.x = 320;
    EXPECT_FLOAT_EQ(eye_distance(points), 50);
}

}  // namespace
}  // namespace faceward::liveness
