#include "engine/face/align.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace faceward::face {
namespace {

constexpr Landmarks crop_positions{{{38.2946F, 51.6963F},
                                    {73.5318F, 51.5014F},
                                    {56.0252F, 71.7366F},
                                    {41.5493F, 92.3655F},
                                    {70.7299F, 92.2041F}}};

image::Point moved(const image::Affine& map, image::Point p) {
    return {static_cast<float>(map.xx * p.x + map.xy * p.y + map.x0),
            static_cast<float>(map.yx * p.x + map.yy * p.y + map.y0)};
}

TEST(SimilarityToCrop, UndoesARotationScaleAndShift) {
    const double angle = 0.7;
    const image::Affine away{3 * std::cos(angle), -3 * std::sin(angle), 40,
                             3 * std::sin(angle), 3 * std::cos(angle),  -17};
    Landmarks points;
    for (std::size_t i = 0; i < 5; ++i) points[i] = moved(away, crop_positions[i]);
    const auto back = similarity_to_crop(points, {112, 112});
    ASSERT_TRUE(back);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NEAR(moved(*back, points[i]).x, crop_positions[i].x, 1e-3);
        EXPECT_NEAR(moved(*back, points[i]).y, crop_positions[i].y, 1e-3);
    }
}

TEST(SimilarityToCrop, ScalesWithTheCrop) {
    const auto map = similarity_to_crop(crop_positions, {224, 224});
    ASSERT_TRUE(map);
    EXPECT_NEAR(map->xx, 2, 1e-6);
    EXPECT_NEAR(moved(*map, crop_positions[2]).x, 2 * crop_positions[2].x, 1e-3);
}

TEST(SimilarityToCrop, NeverMirrors) {
    Landmarks mirrored = crop_positions;
    for (image::Point& p : mirrored) p.x = 112 - p.x;
    const auto map = similarity_to_crop(mirrored, {112, 112});
    ASSERT_TRUE(map);
    EXPECT_GT(map->xx * map->yy - map->xy * map->yx, 0);
}

TEST(SimilarityToCrop, PointsInOneAreAnError) {
    Landmarks points;
    points.fill({5, 5});
    const auto map = similarity_to_crop(points, {112, 112});
    ASSERT_FALSE(map);
    EXPECT_EQ(map.error().fault, Fault::template_not_extracted);
}

/// A picture whose value is the same smooth function of the position everywhere.
image::Picture ramp(image::Size size) {
    image::Picture picture(size);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            std::uint8_t* pixel = picture.row(y) + std::ptrdiff_t{3} * x;
            pixel[0] = static_cast<std::uint8_t>(x * 255 / size.width);
            pixel[1] = static_cast<std::uint8_t>(y * 255 / size.height);
            pixel[2] = 128;
        }
    return picture;
}

TEST(Cut, FarShrinkingLandsOnTheSamePlaces) {
    const image::Picture picture = ramp({1000, 800});
    const double angle = 0.3;
    const double scale = 0.2;
    const image::Affine map{scale * std::cos(angle), -scale * std::sin(angle), 10,
                            scale * std::sin(angle), scale * std::cos(angle),  -40};
    const image::Picture far = cut(picture.view(), map, {112, 112});
    const image::Picture direct = image::warp(picture.view(), map, {112, 112});
    for (int y = 20; y < 90; ++y)
        for (int x = 20; x < 90; ++x)
            for (int channel = 0; channel < 3; ++channel) {
                const std::ptrdiff_t at = std::ptrdiff_t{3} * x + channel;
                EXPECT_NEAR(far.view().row(y)[at], direct.view().row(y)[at], 2) << x << ',' << y;
            }
}

TEST(Cut, FarShrinkingAveragesFineTexture) {
    image::Picture stripes({800, 800});
    for (int y = 0; y < 800; ++y)
        for (int x = 0; x < 800; ++x)
            for (int channel = 0; channel < 3; ++channel)
                stripes.row(y)[3 * x + channel] = x % 2 == 0 ? 0 : 200;
    const image::Picture far = cut(stripes.view(), {0.14, 0, 0, 0, 0.14, 0}, {112, 112});
    for (int x = 10; x < 100; ++x) EXPECT_NEAR(far.view().row(50)[3 * x], 100, 20);
}

TEST(Cut, APartBesideThePictureIsBlack) {
    const image::Picture picture = ramp({300, 300});
    const image::Picture beside = cut(picture.view(), {0.2, 0, 5000, 0, 0.2, 5000}, {112, 112});
    EXPECT_EQ(beside.view().row(50)[150], 0);
}

}  // namespace
}  // namespace faceward::face
