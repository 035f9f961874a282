#include "engine/liveness/one_picture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace faceward::liveness {
namespace {

constexpr image::Size whole{200, 100};
constexpr image::Box face{20, 20, 36, 40};

image::Picture filled(image::Size size, std::uint8_t level) {
    image::Picture picture(size);
    std::fill_n(picture.data(), picture.bytes(), level);
    return picture;
}

/// A grey picture whose face is of another level.
image::Picture with_face(std::uint8_t level) {
    image::Picture picture = filled(whole, 100);
    for (int y = static_cast<int>(face.y1); y < static_cast<int>(face.y2); ++y)
        std::fill_n(picture.row(y) + std::ptrdiff_t{3} * static_cast<int>(face.x1),
                    3 * static_cast<int>(face.width()), level);
    return picture;
}

bool hold(const image::Picture& first, const image::Picture& second,
          const std::optional<image::Box>& first_face = {},
          const std::optional<image::Box>& second_face = {}) {
    OnePicture one;
    one.look_at(first.view(), first_face);
    one.look_at(second.view(), second_face);
    return one.holds();
}

TEST(OnePicture, HoldsForEqualFramesAndForWhatACodecDoes) {
    EXPECT_TRUE(hold(filled(whole, 100), filled(whole, 100), face, face));
    image::Picture coded = filled(whole, 100);
    for (int y = 0; y < whole.height; ++y)
        for (int i = 0; i < 3 * whole.width; i += 2) coded.row(y)[i] = 101;
    EXPECT_TRUE(hold(filled(whole, 100), coded, face, face));
    EXPECT_FALSE(hold(filled(whole, 100), filled(whole, 101)));
}

TEST(OnePicture, DoesNotHoldForFramesOfDifferentSizes) {
    EXPECT_FALSE(hold(filled({4, 6}, 9), filled({6, 4}, 9)));
}

TEST(OnePicture, DoesNotHoldWhereOnlyASmallFaceChanges) {
    const image::Picture before = with_face(100);
    const image::Picture after = with_face(110);
    EXPECT_TRUE(hold(before, after)) << "the face is a small part of the whole";
    EXPECT_FALSE(hold(before, after, face, face));
    EXPECT_FALSE(hold(before, after, face)) << "the face has gone";
    EXPECT_FALSE(hold(before, after, {}, face)) << "the face has come";
}

TEST(OnePicture, StaysAwayOnceTheFramesDiffered) {
    OnePicture one;
    for (const std::uint8_t level : std::array<std::uint8_t, 3>{10, 20, 10})
        one.look_at(filled(whole, level).view(), {});
    EXPECT_FALSE(one.holds());
}

TEST(OnePicture, TakesBoxesThatReachOverTheBorder) {
    constexpr image::Box over{-50, -50, 500, 500};
    constexpr image::Box outside{300, 300, 400, 400};
    EXPECT_TRUE(hold(filled(whole, 9), filled(whole, 9), over, outside));
}

}  // namespace
}  // namespace faceward::liveness
