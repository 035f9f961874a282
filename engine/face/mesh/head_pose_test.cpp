#include "engine/face/mesh/head_pose.hpp"

#include "engine/face/mesh/canonical_face.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace faceward::face {
namespace {

/// The canonical face in a picture: turned about the axis through the ears, then about the upright
/// axis, then in the picture, each as ISO/IEC 19794-5 counts it.
Mesh turned(double yaw, double pitch, double roll) {
    const auto rotate = [](double degrees, double& a, double& b) {
        const double angle = degrees * std::numbers::pi / 180;
        const double from = a;
        a = std::cos(angle) * from - std::sin(angle) * b;
        b = std::sin(angle) * from + std::cos(angle) * b;
    };
    Mesh points(478);
    const auto place = [&](std::size_t at, double x, double y, double z) {
        rotate(pitch, y, z);  // the front, at negative z, goes down
        rotate(yaw, x, z);    // the front goes to the right of the picture
        rotate(-roll, x, y);
        points[at] = {static_cast<float>(300 + 12 * x), static_cast<float>(200 + 12 * y),
                      static_cast<float>(12 * z)};
    };
    for (const CanonicalPair& pair : canonical_face) {
        place(pair.left, -pair.side, -pair.up, -pair.front);
        place(pair.right, pair.side, -pair.up, -pair.front);
    }
    return points;
}

TEST(HeadPose, IsThatOfATurnedHead) {
    for (const double yaw : {-70.0, -20.0, 0.0, 35.0})
        for (const double pitch : {-40.0, 0.0, 15.0})
            for (const double roll : {-90.0, -10.0, 0.0, 25.0}) {
                const HeadPose pose = head_pose(turned(yaw, pitch, roll));
                EXPECT_NEAR(pose.yaw, yaw, 0.05);
                EXPECT_NEAR(pose.pitch, pitch, 0.05);
                EXPECT_NEAR(pose.roll, roll, 0.05);
            }
}

TEST(HeadPose, HasTheSignsOfTheStandard) {
    const auto nose_from_eyes = [](const Mesh& points) {
        const MeshPoint& left = points[mesh::left_inner];
        const MeshPoint& right = points[mesh::right_inner];
        return image::Point{points[mesh::nose_tip].x - (left.x + right.x) / 2,
                            points[mesh::nose_tip].y - (left.y + right.y) / 2};
    };
    const float straight = nose_from_eyes(turned(0, 0, 0)).y;
    EXPECT_GT(nose_from_eyes(turned(20, 0, 0)).x, 5) << "the person's left is the picture's right";
    EXPECT_GT(nose_from_eyes(turned(0, 20, 0)).y, straight + 5) << "downwards";
    const Mesh tilted = turned(0, 0, 20);
    EXPECT_GT(tilted[mesh::left_outer].y, tilted[mesh::right_outer].y + 5)
        << "towards the right shoulder, the eye on the picture's left is the lower";
}

TEST(HeadPose, OfPointsThatLieInOneIsFinite) {
    const HeadPose pose = head_pose(Mesh(478, MeshPoint{5, 5, 5}));
    EXPECT_TRUE(std::isfinite(pose.yaw) && std::isfinite(pose.pitch) && std::isfinite(pose.roll));
}

}  // namespace
}  // namespace faceward::face
