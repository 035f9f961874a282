#include "engine/image/draw.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace faceward::image {
namespace {

constexpr Colour colour{10, 20, 250};

Picture black(Size size) {
    Picture picture(size);
    std::memset(picture.data(), 0, picture.bytes());
    return picture;
}

int red_at(const Picture& picture, int x, int y) { return picture.view().row(y)[3 * x + 2]; }

TEST(Draw, ALineHasItsWidthAndColour) {
    Picture picture = black({40, 20});
    draw_line(picture, {10, 10}, {30, 10}, 3, colour);
    for (const int y : {9, 10, 11}) EXPECT_EQ(red_at(picture, 20, y), 250) << y;
    for (const int y : {8, 12}) EXPECT_EQ(red_at(picture, 20, y), 0) << y;
    EXPECT_EQ(picture.view().row(10)[60], 10);
    EXPECT_EQ(red_at(picture, 5, 10), 0);
}

TEST(Draw, EdgesAreSmooth) {
    Picture picture = black({40, 20});
    draw_line(picture, {10, 9.5F}, {30, 9.5F}, 2, colour);
    EXPECT_EQ(red_at(picture, 20, 9), 250);
    EXPECT_EQ(red_at(picture, 20, 10), 250);
    Picture dot = black({20, 20});
    draw_line(dot, {10, 10}, {10, 10}, 6, colour);
    EXPECT_EQ(red_at(dot, 10, 10), 250);
    EXPECT_EQ(red_at(dot, 10, 12), 250);
    EXPECT_GT(red_at(dot, 12, 12), 0);
    EXPECT_LT(red_at(dot, 12, 12), 250);
    EXPECT_EQ(red_at(dot, 13, 13), 0);
}

TEST(Draw, WhatLiesBeyondTheBorderIsLeftOut) {
    Picture picture = black({20, 20});
    draw_box(picture, {-1e9F, -1e9F, 1e9F, 1e9F}, 5, colour);
    EXPECT_TRUE(std::all_of(picture.data(), picture.data() + picture.bytes(),
                            [](std::uint8_t level) { return level == 0; }));
    draw_box(picture, {-50, 5, 50, 15}, 1, colour);
    EXPECT_EQ(red_at(picture, 0, 5), 250);
    EXPECT_EQ(red_at(picture, 19, 15), 250);
    EXPECT_EQ(red_at(picture, 10, 10), 0);
}

}  // namespace
}  // namespace faceward::image
