#include "engine/face/one_person.hpp"

#include <gtest/gtest.h>

namespace faceward::face {
namespace {

constexpr image::Size picture{1000, 800};

Face square(float x, float y, float side, float score = 0.9F) {
    return {{x, y, x + side, y + side}, score, {}};
}

TEST(Prominence, LargeAndCentralWins) {
    const float central = prominence(square(450, 350, 100), picture);
    EXPECT_GT(prominence(square(400, 300, 200), picture), central);
    EXPECT_LT(prominence(square(0, 0, 100), picture), central);
    EXPECT_NEAR(central, 100, 1e-3);
}

struct SecondFace {
    const char* name;
    Face face;
    bool counts;
};

class Second : public testing::TestWithParam<SecondFace> {};

TEST_P(Second, CountsOrDoesNot) {
    EXPECT_EQ(is_second_person(GetParam().face, square(300, 200, 200), picture, {}),
              GetParam().counts);
}

INSTANTIATE_TEST_SUITE_P(
    OnePerson, Second,
    testing::Values(SecondFace{"AsLarge", square(600, 200, 200), true},
                    SecondFace{"AQuarterAndMore", square(600, 200, 54), true},
                    SecondFace{"ASixth", square(600, 200, 34), false},
                    SecondFace{"Unsure", square(600, 200, 200, 0.69F), false},
                    SecondFace{"CutOffByTheBorder", square(950, 200, 100), false},
                    SecondFace{"NestedInTheMainFace", square(350, 250, 100), false},
                    SecondFace{"OverlappingALittle", square(480, 200, 200), true}),
    [](const auto& tested) { return tested.param.name; });

TEST(OnePerson, TheRatioIsASetting) {
    const Face main = square(300, 200, 200);
    EXPECT_FALSE(
        is_second_person(square(600, 200, 90), main, picture, {.min_second_face_ratio = 0.5F}));
    EXPECT_TRUE(
        is_second_person(square(600, 200, 110), main, picture, {.min_second_face_ratio = 0.5F}));
}

TEST(OnePerson, IsTheFirstUnlessThereIsASecond) {
    const std::vector<Face> alone{square(300, 200, 200), square(600, 200, 34)};
    const std::vector<Face> two{square(300, 200, 200), square(600, 200, 34), square(600, 200, 150)};
    EXPECT_EQ(one_person({}, picture, {}).error().fault, Fault::face_not_found);
    EXPECT_EQ(one_person(alone, picture, {})->box.x1, alone.front().box.x1);
    EXPECT_EQ(one_person(two, picture, {}).error().fault, Fault::several_faces);
    EXPECT_TRUE(one_person(two, picture, {.tolerate_bystanders = true}));
}

TEST(SuppressOverlapping, KeepsTheSurestOfEachPlace) {
    const auto kept = suppress_overlapping(
        {square(0, 0, 100, 0.7F), square(5, 5, 100, 0.9F), square(500, 0, 100, 0.6F)}, 0.3F);
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].score, 0.9F);
    EXPECT_EQ(kept[1].score, 0.6F);
}

}  // namespace
}  // namespace faceward::face
