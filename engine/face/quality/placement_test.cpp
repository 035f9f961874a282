#include "engine/face/quality/placement.hpp"

#include <gtest/gtest.h>

namespace faceward::face {
namespace {

/// A frontal face with its eyes' middle at a place, 100 pixels between the eyes.
Landmarks face_at(float x, float y) {
    return {{{x - 50, y}, {x + 50, y}, {x, y + 55}, {x - 40, y + 105}, {x + 40, y + 105}}};
}

TEST(InterEyeDistance, IsMadeUpForYaw) {
    EXPECT_NEAR(measure_inter_eye_distance(face_at(0, 0), 0).raw, 100, 1e-3);
    EXPECT_EQ(measure_inter_eye_distance(face_at(0, 0), 0).score, 82);
    EXPECT_NEAR(measure_inter_eye_distance(face_at(0, 0), -60).raw, 200, 1e-2);
    EXPECT_NEAR(measure_inter_eye_distance(face_at(0, 0), 85).raw, 200, 1e-2) << "as far as 60";
    const Landmarks small{{{0, 0}, {10, 0}, {5, 5}, {1, 10}, {9, 10}}};
    EXPECT_LT(measure_inter_eye_distance(small, 0).score, 10);
}

TEST(Crop, IsThatOfTheTightestEdge) {
    EXPECT_EQ(measure_crop(face_at(500, 500), {1000, 1000}).score, 100);
    const struct {
        const char* edge;
        Landmarks points;
        image::Size picture;
        double raw;
    } cases[] = {
        {"left", face_at(140, 500), {1000, 1000}, 1},
        {"left, by half", face_at(95, 500), {1000, 1000}, 0.5},
        {"right", face_at(859, 500), {1000, 1000}, 1},
        {"above", face_at(500, 240.8F), {1000, 1000}, 1},
        {"below", face_at(500, 500), {1000, 655}, 0.5},
        {"outside", face_at(-50, 500), {1000, 1000}, -100 / 90.0},
    };
    for (const auto& c : cases) {
        const Measure measure = measure_crop(c.points, c.picture);
        EXPECT_NEAR(measure.raw, c.raw, 0.01) << c.edge;
        EXPECT_EQ(measure.score > 45, c.raw > 0.99) << c.edge;
        EXPECT_LE(measure.score, 55) << c.edge;
    }
}

TEST(Angle, IsMappedByTheCosineSquared) {
    EXPECT_EQ(measure_angle(0).score, 100);
    EXPECT_EQ(measure_angle(-45).score, 50);
    EXPECT_EQ(measure_angle(45).score, 50);
    EXPECT_EQ(measure_angle(90).score, 0);
    EXPECT_EQ(measure_angle(150).score, 0);
    EXPECT_EQ(measure_angle(-45).raw, -45);
}

TEST(SingleFace, FallsWithTheNextFacesSize) {
    EXPECT_EQ(measure_single_face(0).score, 100);
    EXPECT_EQ(measure_single_face(0.25F).score, 75);
    EXPECT_EQ(measure_single_face(1).score, 0);
}

TEST(Scale, OfAFaceTurnedAsideIsItsHeight) {
    EXPECT_NEAR(scale_of(face_at(0, 0)), 100, 0.3);
    const Landmarks profile{{{0, 0}, {5, 0}, {-30, 50}, {0, 100}, {5, 100}}};
    EXPECT_NEAR(scale_of(profile), 95, 0.1);
    EXPECT_EQ(scale_of(Landmarks{}), 1);
}

}  // namespace
}  // namespace faceward::face
