#include "engine/liveness/still_face.hpp"

#include "engine/liveness/homography.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace faceward::liveness {
namespace {

using face::Mesh;
using face::MeshPoint;
namespace mesh = face::mesh;

const model::StillnessFit fit{-2.653, -1.716, -23.554, "the unit test"};

/// Some face-like cloud of points, curved towards the back at its sides.
Mesh some_mesh() {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> place(-50, 50);
    Mesh points(478);
    for (MeshPoint& point : points) {
        point = {place(random), place(random), 0};
        point.z = (point.x * point.x + point.y * point.y) / 100;
    }
    points[mesh::left_outer] = {-40, -20, 5};
    points[mesh::left_inner] = {-15, -20, 2};
    points[mesh::right_outer] = {40, -20, 5};
    points[mesh::right_inner] = {15, -20, 2};
    return points;
}

/// The eyes' lids so far apart, as a share of the eyes' width.
void open_eyes(Mesh& points, float opening) {
    const float half = 25 * opening / 2;
    points[mesh::left_upper] = {-27, -20 - half, 3};
    points[mesh::left_lower] = {-27, -20 + half, 3};
    points[mesh::right_upper] = {27, -20 - half, 3};
    points[mesh::right_lower] = {27, -20 + half, 3};
}

/// Seen from a little to the side (radians), as a solid head or as its photograph.
Mesh turned(const Mesh& points, float angle, bool solid, unsigned noise_seed) {
    std::mt19937 random(noise_seed);
    std::normal_distribution<float> noise(0, 0.03F);
    Mesh result = points;
    for (MeshPoint& p : result) {
        const float depth = solid ? p.z : 0;
        const float x = std::cos(angle) * p.x + std::sin(angle) * depth;
        const float away = 1 + (std::sin(angle) * p.x + std::cos(angle) * depth) / 800;
        p = {200 + 2 * x / away + noise(random), 150 + 2 * p.y / away + noise(random), p.z};
    }
    return result;
}

std::vector<TimedMesh> clip(bool solid, bool blinks, double seconds = 9, int frames = 12) {
    std::vector<TimedMesh> result;
    for (int i = 0; i < frames; ++i) {
        Mesh points = some_mesh();
        open_eyes(points, blinks && i % 5 == 2 ? 0.05F : 0.3F);
        const float angle = 0.15F * std::sin(static_cast<float>(i));
        result.push_back(
            {seconds * i / (frames - 1), turned(points, angle, solid, static_cast<unsigned>(i))});
    }
    return result;
}

TEST(Homography, LeavesNothingOfAPlanesMotion) {
    std::vector<PlanePoint> from;
    std::vector<PlanePoint> to;
    for (int i = 0; i < 50; ++i) {
        const double x = 7 * i % 31;
        const double y = 11 * i % 37;
        const double w = 1 + 0.002 * x - 0.003 * y;
        from.push_back({x, y});
        to.push_back({(1.2 * x + 0.1 * y + 5) / w, (-0.2 * x + 0.9 * y - 3) / w});
    }
    EXPECT_LT(homography_residual(from, to), 1e-9);
    to[7].x += 10;
    EXPECT_GT(homography_residual(from, to), 0.1);
}

TEST(Homography, FindsTheLeastDistances) {
    // With noise of a known size what is left is that size, less the eight degrees of freedom.
    std::mt19937 random(3);
    std::normal_distribution<double> noise(0, 0.5);
    std::vector<PlanePoint> from;
    std::vector<PlanePoint> to;
    for (int i = 0; i < 400; ++i) {
        const double x = 100.0 * i / 400;
        const double y = 37 * i % 101;
        from.push_back({x, y});
        to.push_back({2 * x + noise(random), 2 * y + noise(random)});
    }
    // The mean length of a plane's normal deviate is sigma times the root of pi over two.
    EXPECT_NEAR(homography_residual(from, to), 0.5 * std::sqrt(std::acos(-1) / 2), 0.03);
}

TEST(Stillness, APhotographIsStillAndAFaceIsNot) {
    const auto photograph = measure_stillness(clip(false, false), fit);
    const auto face = measure_stillness(clip(true, true), fit);
    ASSERT_TRUE(photograph && face);
    EXPECT_GT(face->eyes, 10 * photograph->eyes);
    EXPECT_GT(face->plane, 3 * photograph->plane);
    EXPECT_GT(photograph->log_odds, face->log_odds + 5);
    EXPECT_DOUBLE_EQ(face->weight, 1);
}

TEST(Stillness, IsWorthLessInShortClipsAndFewFrames) {
    const double whole = measure_stillness(clip(false, false), fit)->weight;
    const double brief = measure_stillness(clip(false, false, 3), fit)->weight;
    const double sparse = measure_stillness(clip(false, false, 9, 5), fit)->weight;
    EXPECT_LT(brief, 0.3 * whole);
    EXPECT_LT(sparse, 0.6 * whole);
    EXPECT_GT(brief, 0);
    EXPECT_FALSE(measure_stillness(clip(false, false, 9, 4), fit));
    EXPECT_EQ(measure_stillness(clip(false, false, 0), fit)->weight, 0);
}

TEST(Stillness, NeverLowersTheNetworksEvidence) {
    for (const double odds : {-800.0, -20.0, -3.0, 0.0, 3.0, 800.0}) {
        const Stillness stillness{0, 0, odds, 1};
        EXPECT_GE(added_by(stillness), 0) << odds;
        EXPECT_TRUE(std::isfinite(added_by(stillness)));
    }
    EXPECT_NEAR(added_by({0, 0, -12, 1}), 0, 1e-4);
    EXPECT_EQ(added_by({0, 0, 5, 0}), 0);
    EXPECT_GT(added_by({0, 0, 5, 1}), 5);
}

}  // namespace
}  // namespace faceward::liveness
