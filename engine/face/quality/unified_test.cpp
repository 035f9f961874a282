#include "engine/face/quality/unified.hpp"

#include <gtest/gtest.h>

namespace faceward::face {
namespace {

Quality quality(double sharpness, double yaw) {
    Quality quality;
    quality[Component::sharpness] = measured(sharpness, 0);
    quality[Component::head_pose_yaw] = measured(yaw, 0);
    return quality;
}

TEST(UnifiedScore, FallsWithBlurPoseAndDoubt) {
    const int good = unified_score(quality(0.65, 0), {0.04, 1.0});
    EXPECT_GT(good, 90);
    EXPECT_LT(unified_score(quality(0.3, 0), {0.04, 1.0}), good * 2 / 3);
    EXPECT_LT(unified_score(quality(0.65, 60), {0.04, 1.0}), good * 3 / 4);
    EXPECT_LT(unified_score(quality(0.65, -60), {0.04, 1.0}), good * 3 / 4);
    EXPECT_LT(unified_score(quality(0.65, 0), {0.2, 1.0}), 10);
    EXPECT_LT(unified_score(quality(0.65, 0), {0.04, 0.95}), good * 3 / 4);
    EXPECT_EQ(unified_score(quality(0.65, 0), {0.04, 1.1}), good);
    EXPECT_EQ(unified_score(quality(0.65, 0), {0.04, -1.0}), 0);
    EXPECT_EQ(unified_score(quality(0.65, 180), {0.04, 1.0}), 0);
}

TEST(UnifiedScore, DoesWithoutWhatIsNotThere) {
    EXPECT_GT(unified_score(quality(0.65, 0), {}), 95);
    EXPECT_EQ(unified_score({}, {}), 100);
}

TEST(LandmarkDisagreement, IsTheMeanDistanceOverTheFacesSize) {
    Mesh mesh(478);
    mesh[468] = {0, 0, 0};
    mesh[473] = {100, 0, 0};
    mesh[4] = {50, 60, 0};
    mesh[61] = {10, 100, 0};
    mesh[291] = {90, 100, 0};
    Landmarks points = five_points(mesh);
    EXPECT_EQ(landmark_disagreement(points, mesh), 0);
    points[2].x += 50;
    EXPECT_NEAR(landmark_disagreement(points, mesh), 0.1, 1e-3);
}

}  // namespace
}  // namespace faceward::face
