#include "engine/image/encode.hpp"

#include "engine/image/decode.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace faceward::image {
namespace {

TEST(EncodeJpeg, KeepsSizeAndColours) {
    Picture picture({40, 24});
    for (int y = 0; y < 24; ++y)
        for (int x = 0; x < 40; ++x) {
            picture.row(y)[3 * x] = static_cast<std::uint8_t>(6 * x);
            picture.row(y)[3 * x + 1] = static_cast<std::uint8_t>(10 * y);
            picture.row(y)[3 * x + 2] = 200;
        }
    const auto encoded = encode_jpeg(picture.view(), 95);
    ASSERT_TRUE(encoded);
    const auto decoded = decode(*encoded);
    ASSERT_TRUE(decoded) << decoded.error().reason;
    ASSERT_EQ(decoded->size(), picture.size());
    int worst = 0;
    for (std::size_t i = 0; i < picture.bytes(); ++i)
        worst = std::max(worst, std::abs(picture.view().data[i] - decoded->view().data[i]));
    EXPECT_LE(worst, 8);
}

TEST(EncodeJpeg, RefusesWhatJpegCannotHold) {
    const Picture picture({65'501, 1});
    const auto encoded = encode_jpeg(picture.view(), 95);
    ASSERT_FALSE(encoded);
    EXPECT_EQ(encoded.error().fault, Fault::medium_unreadable);
}

}  // namespace
}  // namespace faceward::image
