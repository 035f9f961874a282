#include "engine/image/orientation.hpp"

#include "engine/image/decode.hpp"
#include "engine/image/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace faceward::image {
namespace {

using samples::blue;
using samples::Colour;
using samples::green;
using samples::red;
using samples::white;

struct Case {
    Orientation orientation;
    bool turned;                    ///< width and height change places
    std::array<Colour, 4> upright;  ///< quarters in reading order; stored: red green / blue white
};

constexpr std::array cases{
    Case{Orientation::top_left, false, {red, green, blue, white}},
    Case{Orientation::top_right, false, {green, red, white, blue}},
    Case{Orientation::bottom_right, false, {white, blue, green, red}},
    Case{Orientation::bottom_left, false, {blue, white, red, green}},
    Case{Orientation::left_top, true, {red, blue, green, white}},
    Case{Orientation::right_top, true, {blue, red, white, green}},
    Case{Orientation::right_bottom, true, {white, green, blue, red}},
    Case{Orientation::left_bottom, true, {green, white, red, blue}},
};

class Upright : public testing::TestWithParam<Case> {
  protected:
    static constexpr Size stored{48, 32};
    static Size expected_size() {
        return GetParam().turned ? Size{stored.height, stored.width} : stored;
    }
};

TEST_P(Upright, PngWithExif) {
    samples::PngOptions options;
    options.exif = samples::exif(GetParam().orientation, true);
    const auto picture = decode(samples::quartered_png(stored, options));
    ASSERT_TRUE(picture) << picture.error().reason;
    EXPECT_EQ(picture->size(), expected_size());
    EXPECT_EQ(samples::middles(picture->view()), GetParam().upright);
}

TEST_P(Upright, JpegWithExif) {
    samples::JpegOptions options;
    options.exif = samples::exif(GetParam().orientation, false);
    const auto picture = decode(samples::quartered_jpeg(stored, options));
    ASSERT_TRUE(picture) << picture.error().reason;
    EXPECT_EQ(picture->size(), expected_size());
    const auto colours = samples::middles(picture->view());
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t c = 0; c < 3; ++c)
            EXPECT_NEAR(colours[i][c], GetParam().upright[i][c], 3) << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Orientation, Upright, testing::ValuesIn(cases));

/// Sizes that leave part tiles; every pixel has its own value.
TEST(Orientation, QuarterTurnMovesEveryPixel) {
    constexpr Size size{70, 41};
    Picture stored(size);
    std::iota(stored.data(), stored.data() + stored.bytes(), std::uint8_t{0});
    Picture copy(size);
    std::copy_n(stored.data(), stored.bytes(), copy.data());

    const Picture turned = upright(std::move(copy), Orientation::right_top);
    ASSERT_EQ(turned.size(), (Size{size.height, size.width}));
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const std::uint8_t* from = stored.row(y) + std::ptrdiff_t{3} * x;
            const std::uint8_t* to =
                turned.view().row(x) + std::ptrdiff_t{3} * (size.height - 1 - y);
            ASSERT_TRUE(std::equal(from, from + 3, to)) << x << ", " << y;
        }
    }
}

}  // namespace
}  // namespace faceward::image
