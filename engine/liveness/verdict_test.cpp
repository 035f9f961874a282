#include "engine/liveness/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace faceward::liveness {
namespace {

TEST(Combine, AveragesWithoutTheExtremes) {
    EXPECT_DOUBLE_EQ(combine({-2}), -2);
    EXPECT_DOUBLE_EQ(combine({-1, -3}), -2);
    EXPECT_DOUBLE_EQ(combine({-1, -1, 9, -1, -1}), -1);
    EXPECT_DOUBLE_EQ(combine({-1, -1, -1, -9, -1}), -1);
}

TEST(Combine, AClearStretchCountsAgainstTheRest) {
    const double mixed = combine({-4, -4, -4, -4, 5, 5, 5, -4, -4, -4});
    EXPECT_DOUBLE_EQ(mixed, 3.5);
    EXPECT_LT(combine({-4, -4, 1, -4, 1, -4, 1, -4, -4, -4}), 0);
    // Hardly beyond one half is not clear.
    EXPECT_LT(combine({-4, -4, -4, 1, 1, 1, -4, -4, -4, -4}), 0);
}

const model::StillnessFit fit{-2.653, -1.716, -23.554, "the unit test"};

/// Twelve frames in nine seconds, all of which the networks take for a live face's.
std::vector<FrameEvidence> live_frames() {
    std::vector<FrameEvidence> frames(12);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frames[i].seconds = 0.8 * static_cast<double>(i);
        frames[i].logit = -1;
    }
    return frames;
}

/// A face that moves as a solid head does in the first so many frames, and stands still after them.
std::vector<TimedMesh> meshes_of(const std::vector<FrameEvidence>& frames, std::size_t moving) {
    std::vector<TimedMesh> meshes;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        face::Mesh points(478);
        const float turn = i < moving ? 0.2F * std::sin(static_cast<float>(i)) : 0;
        for (std::size_t k = 0; k < points.size(); ++k) {
            const auto x = static_cast<float>(k * 7 % 101) - 50;
            const auto y = static_cast<float>(k * 11 % 97) - 48;
            points[k] = {x + turn * x * x / 100, y, 0};
        }
        meshes.push_back({frames[i].seconds, std::move(points)});
    }
    return meshes;
}

TEST(TellingPart, IsTheStillHalfBehindAMovingOne) {
    const auto frames = live_frames();
    const auto meshes = meshes_of(frames, 6);
    const Combined whole = combine(frames, meshes, fit);
    EXPECT_LT(whole.logit, 0);
    const auto part = telling_part(frames, meshes, fit, whole.logit);
    ASSERT_TRUE(part);
    EXPECT_GE(part->from, frames[3].seconds);
    EXPECT_DOUBLE_EQ(part->to, frames[11].seconds);
    EXPECT_GT(with_part(whole.logit, *part), whole.logit);
}

TEST(TellingPart, OfAMovingFaceIsNone) {
    const auto frames = live_frames();
    const auto meshes = meshes_of(frames, 12);
    EXPECT_FALSE(telling_part(frames, meshes, fit, combine(frames, meshes, fit).logit));
    EXPECT_FALSE(telling_part(frames, meshes, {}, -1));
    EXPECT_FALSE(telling_part(frames, {}, fit, -1));
}

}  // namespace
}  // namespace faceward::liveness
