#include "engine/face/mesh/mesh.hpp"

#include <gtest/gtest.h>

namespace faceward::face {
namespace {

/// Eyes 25 pixels wide and open by a share of that, lips so many pixels apart, the chin 100 below
/// the eyes.
Mesh some_mesh(float eyes_open, float lips) {
    Mesh points(478);
    const float half = 25 * eyes_open / 2;
    points[mesh::left_outer] = {-40, 0, 5};
    points[mesh::left_inner] = {-15, 0, 2};
    points[mesh::right_outer] = {40, 0, 5};
    points[mesh::right_inner] = {15, 0, 2};
    points[mesh::left_upper] = {-27, -half, 3};
    points[mesh::left_lower] = {-27, half, 3};
    points[mesh::right_upper] = {27, -half, 3};
    points[mesh::right_lower] = {27, half, 3};
    points[mesh::upper_lip] = {0, 60, 0};
    points[mesh::lower_lip] = {0, 60 + lips, 0};
    points[mesh::chin] = {0, 100, 4};
    return points;
}

TEST(EyeAspectRatio, IsHeightOverWidth) {
    EXPECT_NEAR(eye_aspect_ratio(some_mesh(0.3F, 0)), 0.3F, 1e-4);
    EXPECT_EQ(eye_aspect_ratio(Mesh(478)), 0);
}

TEST(MouthOpening, IsTheLipsDistanceOverThatFromEyesToChin) {
    EXPECT_EQ(mouth_opening(some_mesh(0.3F, 0)), 0);
    EXPECT_NEAR(mouth_opening(some_mesh(0.3F, 25)), 0.25F, 1e-4);
    EXPECT_EQ(mouth_opening(Mesh(478)), 0);
}

TEST(Extent, LeavesTheIrisesOut) {
    Mesh points = some_mesh(0.3F, 0);
    points[mesh::left_iris] = {-500, -500, 0};
    const image::Box box = extent(points);
    EXPECT_EQ(box.x1, -40);
    EXPECT_EQ(box.x2, 40);
    EXPECT_EQ(box.y2, 100);
}

TEST(FivePoints, AreThoseOfTheDetectorsInTheirOrder) {
    Mesh points(478);
    points[468] = {1, 2, 0};
    points[473] = {3, 2, 0};
    points[4] = {2, 3, 0};
    points[61] = {1, 4, 0};
    points[291] = {3, 5, 0};
    const Landmarks five = five_points(points);
    EXPECT_EQ(five[0].x, 1);
    EXPECT_EQ(five[1].x, 3);
    EXPECT_EQ(five[2].y, 3);
    EXPECT_EQ(five[3].y, 4);
    EXPECT_EQ(five[4].y, 5);
}

}  // namespace
}  // namespace faceward::face
