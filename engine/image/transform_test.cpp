#include "engine/image/transform.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

namespace faceward::image {
namespace {

/// A picture whose red is the given level, green the same less 1, blue always 7.
Picture picture(Size size, const std::vector<int>& levels) {
    Picture result(size);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        result.data()[3 * i] = 7;
        result.data()[3 * i + 1] = static_cast<std::uint8_t>(levels[i] - 1);
        result.data()[3 * i + 2] = static_cast<std::uint8_t>(levels[i]);
    }
    return result;
}

std::vector<int> channel(const Picture& picture, int c) {
    std::vector<int> levels;
    for (std::size_t i = 0; i < picture.bytes(); i += 3)
        levels.push_back(picture.view().data[i + static_cast<std::size_t>(c)]);
    return levels;
}

std::vector<int> red(const Picture& picture) { return channel(picture, 2); }

struct ResizeCase {
    std::string name;
    Size from;
    std::vector<int> levels;
    Size to;
    std::vector<int> expected;
};

class ResizeArea : public testing::TestWithParam<ResizeCase> {};

TEST_P(ResizeArea, TakesMeans) {
    const Picture source = picture(GetParam().from, GetParam().levels);
    const Picture result = resize_area(source.view(), GetParam().to);
    ASSERT_EQ(result.size(), GetParam().to);
    EXPECT_EQ(red(result), GetParam().expected);
    EXPECT_EQ(channel(result, 0), std::vector<int>(GetParam().expected.size(), 7));
}

INSTANTIATE_TEST_SUITE_P(
    Transform, ResizeArea,
    testing::Values(
        ResizeCase{"same", {2, 2}, {10, 20, 30, 40}, {2, 2}, {10, 20, 30, 40}},
        ResizeCase{"halves", {4, 2}, {10, 20, 100, 104, 30, 40, 100, 96}, {2, 1}, {25, 100}},
        ResizeCase{"three_to_two", {3, 1}, {10, 40, 100}, {2, 1}, {20, 80}},
        ResizeCase{"three_rows_to_two", {1, 3}, {10, 40, 100}, {1, 2}, {20, 80}},
        ResizeCase{"five_to_two", {5, 1}, {10, 20, 30, 40, 50}, {2, 1}, {18, 42}},
        ResizeCase{"to_one", {3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 1}, {5}},
        ResizeCase{"one_side_only", {4, 2}, {2, 4, 6, 8, 20, 40, 60, 80}, {2, 2}, {3, 7, 30, 70}}),
    [](const auto& test) { return test.param.name; });

TEST(Transform, AreaKeepsAFlatPictureFlat) {
    Picture source({997, 13});
    std::fill_n(source.data(), source.bytes(), std::uint8_t{255});
    const Picture result = resize_area(source.view(), {333, 5});
    EXPECT_EQ(red(result), std::vector<int>(std::size_t{333} * 5, 255));
}

class ResizeBilinear : public testing::TestWithParam<ResizeCase> {};

TEST_P(ResizeBilinear, Interpolates) {
    const Picture source = picture(GetParam().from, GetParam().levels);
    const Picture result = resize_bilinear(source.view(), GetParam().to);
    ASSERT_EQ(result.size(), GetParam().to);
    EXPECT_EQ(red(result), GetParam().expected);
    EXPECT_EQ(channel(result, 0), std::vector<int>(GetParam().expected.size(), 7));
}

INSTANTIATE_TEST_SUITE_P(
    Transform, ResizeBilinear,
    testing::Values(ResizeCase{"same", {2, 2}, {10, 20, 30, 40}, {2, 2}, {10, 20, 30, 40}},
                    ResizeCase{"doubles", {2, 1}, {20, 60}, {4, 1}, {20, 30, 50, 60}},
                    ResizeCase{"doubles_rows", {1, 2}, {20, 60}, {1, 4}, {20, 30, 50, 60}},
                    ResizeCase{"one_pixel", {1, 1}, {90}, {2, 3}, {90, 90, 90, 90, 90, 90}},
                    ResizeCase{
                        "shrinks_by_sampling", {6, 1}, {1, 50, 1, 1, 90, 1}, {2, 1}, {50, 90}}),
    [](const auto& test) { return test.param.name; });

TEST(Transform, ResizeReadsAViewOfPartOfAPicture) {
    const Picture source = picture({4, 2}, {99, 10, 20, 99, 99, 30, 40, 99});
    const PictureView middle = source.view().crop(1, 0, {2, 2});
    EXPECT_EQ(red(resize_area(middle, {1, 1})), (std::vector{25}));
    EXPECT_EQ(red(resize_bilinear(middle, {2, 2})), (std::vector{10, 20, 30, 40}));
}

TEST(Transform, MirrorsPartOfAPicture) {
    const Picture source = picture({4, 2}, {99, 10, 20, 99, 99, 30, 40, 99});
    EXPECT_EQ(red(mirrored(source.view().crop(1, 0, {2, 2}))), (std::vector{20, 10, 40, 30}));
}

TEST(Letterbox, ShrinksToTheTopLeft) {
    const Picture source = picture({4, 2}, {10, 20, 100, 104, 30, 40, 100, 96});
    const Letterbox box = letterbox(source.view(), 2);
    ASSERT_EQ(box.picture.size(), (Size{2, 2}));
    EXPECT_EQ(red(box.picture), (std::vector{25, 100, 0, 0}));
    EXPECT_EQ(channel(box.picture, 0), (std::vector{7, 7, 0, 0}));
    EXPECT_FLOAT_EQ(box.scale_x, 0.5F);
    EXPECT_FLOAT_EQ(box.scale_y, 0.5F);
}

TEST(Letterbox, GrowsToTheTopLeft) {
    const Picture source = picture({1, 2}, {20, 60});
    const Letterbox box = letterbox(source.view(), 4);
    EXPECT_EQ(red(box.picture),
              (std::vector{20, 20, 0, 0, 30, 30, 0, 0, 50, 50, 0, 0, 60, 60, 0, 0}));
    EXPECT_FLOAT_EQ(box.scale_x, 2);
    EXPECT_FLOAT_EQ(box.scale_y, 2);
}

TEST(Letterbox, ScalesSayHowSidesWereRounded) {
    const Letterbox halves_to_even = letterbox(Picture({100, 33}).view(), 50);  // 16.5 rows
    EXPECT_FLOAT_EQ(halves_to_even.scale_x, 0.5F);
    EXPECT_FLOAT_EQ(halves_to_even.scale_y, 16.0F / 33);
    const Letterbox at_least_one = letterbox(Picture({3000, 2}).view(), 160);  // 0.1 rows
    EXPECT_FLOAT_EQ(at_least_one.scale_y, 0.5F);
}

struct WarpCase {
    std::string name;
    Affine map;
    std::vector<int> expected;
};

class Warp : public testing::TestWithParam<WarpCase> {};

TEST_P(Warp, DrawsTheMovedSource) {
    const Picture source = picture({3, 2}, {10, 20, 30, 40, 50, 60});
    const Picture result = warp(source.view(), GetParam().map, {3, 2});
    EXPECT_EQ(red(result), GetParam().expected);
}

constexpr double infinite = std::numeric_limits<double>::infinity();
const std::vector<int> all_black(6, 0);

INSTANTIATE_TEST_SUITE_P(
    Transform, Warp,
    testing::Values(
        WarpCase{"same", {}, {10, 20, 30, 40, 50, 60}},
        WarpCase{"moved_right", {.x0 = 1}, {0, 10, 20, 0, 40, 50}},
        WarpCase{"moved_up", {.y0 = -1}, {40, 50, 60, 0, 0, 0}},
        WarpCase{"moved_half_a_pixel", {.x0 = 0.5}, {5, 15, 25, 20, 45, 55}},
        WarpCase{"moved_down_a_quarter", {.y0 = 0.25}, {8, 15, 23, 33, 43, 53}},
        WarpCase{"mirrored", {.xx = -1, .x0 = 2}, {30, 20, 10, 60, 50, 40}},
        WarpCase{"turned", {.xx = 0, .xy = 1, .yx = 1, .yy = 0}, {10, 40, 0, 20, 50, 0}},
        WarpCase{"doubled", {.xx = 2, .yy = 2}, {10, 15, 20, 25, 30, 35}},
        WarpCase{"wholly_beside", {.x0 = 3}, all_black},
        WarpCase{"far_away", {.x0 = 1e300, .y0 = -1e300}, all_black},
        WarpCase{"without_inverse", {.xx = 0}, all_black},
        WarpCase{"infinite", {.xx = infinite}, all_black},
        WarpCase{"not_a_number", {.x0 = std::numeric_limits<double>::quiet_NaN()}, all_black}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace faceward::image
