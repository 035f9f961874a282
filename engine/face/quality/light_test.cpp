#include "engine/face/quality/light.hpp"

#include <gtest/gtest.h>

namespace faceward::face {
namespace {

constexpr int side = AlignedFace::fine_side;

/// A face whose luminance is a function of the place.
template <class Level>
Light light_of(const Level& level) {
    AlignedFace face;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            face.luminance.push_back(static_cast<std::uint8_t>(level(x, y)));
    return measure_light(face);
}

TEST(Light, OfAnEvenFaceHasNoRange) {
    const Light light = light_of([](int, int) { return 100; });
    EXPECT_EQ(light.dynamic_range.raw, 0);
    EXPECT_EQ(light.dynamic_range.score, 0);
    EXPECT_EQ(light.under_exposure_prevention.raw, 0);
    EXPECT_EQ(light.under_exposure_prevention.score, 100);
    EXPECT_EQ(light.over_exposure_prevention.score, 100);
    EXPECT_EQ(light.illumination_uniformity.score, 100);
}

TEST(Light, OfAFaceThatUsesAllLevelsHasEightBits) {
    const Light light = light_of([](int x, int y) { return 31 * x + 7 * y; });
    EXPECT_NEAR(light.dynamic_range.raw, 8, 0.01);
    EXPECT_EQ(light.dynamic_range.score, 100);
}

TEST(Light, TellsDarkAndGlaring) {
    const Light dark = light_of([](int, int) { return 25; });
    EXPECT_NEAR(dark.under_exposure_prevention.raw, 1, 1e-9);
    EXPECT_EQ(dark.under_exposure_prevention.score, 0);
    const Light glaring = light_of([](int, int) { return 247; });
    EXPECT_NEAR(glaring.over_exposure_prevention.raw, 1, 1e-9);
    EXPECT_EQ(glaring.over_exposure_prevention.score, 1);
    const Light half = light_of([](int, int y) { return y < 136 ? 255 : 100; });
    EXPECT_NEAR(half.over_exposure_prevention.raw, 0.5, 0.02);
    EXPECT_EQ(half.over_exposure_prevention.score, 2);
}

TEST(Light, FromOneSideIsUneven) {
    const Light light = light_of([](int x, int) { return x < 112 ? 40 : 160; });
    EXPECT_EQ(light.illumination_uniformity.raw, 0);
    EXPECT_EQ(light.illumination_uniformity.score, 0);
    const Light partly = light_of([](int x, int y) { return x < 112 || y % 4 == 0 ? 40 : 160; });
    EXPECT_NEAR(partly.illumination_uniformity.raw, 0.25, 0.05);
    EXPECT_GT(partly.illumination_uniformity.score, 50);
}

}  // namespace
}  // namespace faceward::face
