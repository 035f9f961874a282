#include "engine/liveness/attack_detector.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace faceward::liveness {
namespace {

/// A picture whose blue is its column and whose green is its row.
image::Picture coordinates(image::Size size) {
    image::Picture picture(size);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            std::uint8_t* pixel = picture.row(y) + std::ptrdiff_t{3} * x;
            pixel[0] = static_cast<std::uint8_t>(x);
            pixel[1] = static_cast<std::uint8_t>(y);
            pixel[2] = 0;
        }
    return picture;
}

struct Corners {
    int left;
    int top;
    int right;
    int bottom;
    bool operator==(const Corners&) const = default;
};

Corners corners_of(const image::Picture& crop) {
    const image::PictureView view = crop.view();
    const std::uint8_t* last = view.row(view.size.height - 1) + 3 * (view.size.width - 1);
    return {view.data[0], view.data[1], last[0], last[1]};
}

TEST(ReferenceBox, IsWiderLowerAndFartherDown) {
    const image::Box box = reference_box({100, 100, 200, 300});
    EXPECT_NEAR(box.width(), 114.7, 1e-3);
    EXPECT_NEAR(box.height(), 170.8, 1e-3);
    EXPECT_NEAR(box.centre().x, 150, 1e-3);
    EXPECT_NEAR(box.centre().y, 212.8, 1e-3);
}

TEST(BoxFor, IsTheDetectorsScaledAndShifted) {
    const image::Box box = box_for({false, 0.5F, 0.1F, false}, {100, 100, 200, 300});
    EXPECT_FLOAT_EQ(box.x1, 135);
    EXPECT_FLOAT_EQ(box.x2, 185);
    EXPECT_FLOAT_EQ(box.y1, 150);
    EXPECT_FLOAT_EQ(box.y2, 250);
}

TEST(BoxFor, IsTheReferenceBoxUnlessToldOtherwise) {
    const image::Box detected{100, 100, 200, 300};
    EXPECT_EQ(box_for({}, detected).centre().y, reference_box(detected).centre().y);
}

TEST(Context, IsTheSideThatFitsLess) {
    EXPECT_FLOAT_EQ(context_of({0, 0, 100, 50}, {201, 201}), 2);
    EXPECT_FLOAT_EQ(context_of({0, 0, 50, 100}, {401, 151}), 1.5);
}

TEST(CutSurroundings, LiesAroundTheBox) {
    const image::Picture picture = coordinates({200, 160});
    // 3 × 20 pixels around (100, 80), the last one included.
    const image::Picture crop = cut_surroundings(picture.view(), {90, 70, 110, 90}, 3, {61, 61});
    EXPECT_EQ(corners_of(crop), (Corners{70, 50, 130, 110}));
}

TEST(CutSurroundings, MovesInwardsAtTheEdge) {
    const image::Picture picture = coordinates({200, 160});
    const image::Picture corner = cut_surroundings(picture.view(), {0, 0, 20, 20}, 3, {61, 61});
    EXPECT_EQ(corners_of(corner), (Corners{0, 0, 60, 60}));
    const image::Picture opposite =
        cut_surroundings(picture.view(), {180, 140, 200, 160}, 3, {61, 61});
    EXPECT_EQ(corners_of(opposite), (Corners{139, 99, 199, 159}));
}

TEST(CutSurroundings, ShrinksInsteadOfPadding) {
    const image::Picture picture = coordinates({121, 81});
    // 80 pixels of height are twice the box: the scale of 4 becomes 2 on both sides.
    const image::Picture crop = cut_surroundings(picture.view(), {40, 20, 80, 60}, 4, {81, 81});
    EXPECT_EQ(corners_of(crop), (Corners{20, 0, 100, 80}));
}

TEST(Fuse, WeighsTheEvidence) {
    EXPECT_DOUBLE_EQ(fuse({1, -2}, {{0.5, 0.25}, 1, {}, {}}), 1);
    EXPECT_DOUBLE_EQ(probability(0), 0.5);
    EXPECT_NEAR(probability(std::log(3.0)), 0.75, 1e-12);
}

}  // namespace
}  // namespace faceward::liveness
