#include "engine/face/quality/sharpness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace faceward::face {
namespace {

constexpr int side = AlignedFace::side;

AlignedFace noise() {
    std::mt19937 random(5);
    std::uniform_real_distribution<float> level(0, 255);
    AlignedFace face;
    for (int i = 0; i < side * side; ++i) face.luma.push_back(level(random));
    return face;
}

/// So many times over, each pixel the mean of itself and its neighbours to the sides, or above and
/// below.
AlignedFace blurred(AlignedFace face, int times, bool along_rows) {
    for (int pass = 0; pass < times; ++pass) {
        const AlignedFace before = face;
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                float sum = 0;
                for (const int k : {-1, 0, 1}) {
                    const int u = std::clamp(x + (along_rows ? k : 0), 0, side - 1);
                    const int v = std::clamp(y + (along_rows ? 0 : k), 0, side - 1);
                    sum += before.luma[static_cast<std::size_t>(v * side + u)];
                }
                face.luma[static_cast<std::size_t>(y * side + x)] = sum / 3;
            }
    }
    return face;
}

TEST(Sharpness, FallsWithBlurAndDoesNotFollowContrast) {
    const AlignedFace sharp = noise();
    double before = measure_sharpness(sharp).raw;
    EXPECT_GT(before, 0.75);
    EXPECT_EQ(measure_sharpness(sharp).score, 100);
    for (const int times : {2, 6, 18, 54}) {
        const Measure measure =
            measure_sharpness(blurred(blurred(sharp, times, true), times, false));
        EXPECT_LT(measure.raw, before) << times;
        before = measure.raw;
    }
    EXPECT_LT(before, 0.3);

    AlignedFace pale = sharp;
    for (float& level : pale.luma) level = 100 + level / 20;
    EXPECT_NEAR(measure_sharpness(pale).raw, measure_sharpness(sharp).raw, 1e-3);
}

TEST(Sharpness, IsThatOfTheBlurrierDirection) {
    const AlignedFace sharp = noise();
    for (const bool along_rows : {true, false})
        EXPECT_LT(measure_sharpness(blurred(sharp, 54, along_rows)).raw, 0.4) << along_rows;
}

TEST(Sharpness, OfNothingIsNone) {
    AlignedFace flat;
    flat.luma.assign(std::size_t{side} * side, 90);
    EXPECT_EQ(measure_sharpness(flat).raw, 0);
    EXPECT_EQ(measure_sharpness(flat).score, 0);
}

}  // namespace
}  // namespace faceward::face
