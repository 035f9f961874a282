#include "engine/face/quality/compression.hpp"

#include "engine/image/decode.hpp"
#include "engine/image/encode.hpp"
#include "engine/image/transform.hpp"

#include <gtest/gtest.h>

#include <random>

namespace faceward::face {
namespace {

constexpr image::Size size{320, 240};
const Face whole{{0, 0, 320, 240}, 1, {}};

/// Clouds with some grain.
image::Picture clouds() {
    std::mt19937 random(11);
    image::Picture coarse({20, 15});
    for (std::size_t i = 0; i < coarse.bytes(); ++i)
        coarse.data()[i] = static_cast<std::uint8_t>(40 + random() % 150);
    image::Picture picture = image::resize_bilinear(coarse.view(), size);
    for (std::size_t i = 0; i < picture.bytes(); ++i)
        picture.data()[i] = static_cast<std::uint8_t>(picture.data()[i] + random() % 6);
    return picture;
}

image::Picture compressed(image::PictureView picture, int quality) {
    return std::move(*image::decode(*image::encode_jpeg(picture, quality)));
}

TEST(Compression, IsToldByItsBlocks) {
    const image::Picture plain = clouds();
    EXPECT_LT(measure_compression(plain.view(), whole)->raw, 0.4);
    double before = measure_compression(plain.view(), whole)->raw;
    for (const int quality : {60, 30, 10}) {
        const image::Picture picture = compressed(plain.view(), quality);
        const auto measure = measure_compression(picture.view(), whole);
        EXPECT_GT(measure->raw, before) << quality;
        before = measure->raw;
    }
    EXPECT_GT(measure_compression(plain.view(), whole)->score, 95);
    EXPECT_LT(measure_compression(compressed(plain.view(), 10).view(), whole)->score, 30);
}

TEST(Compression, IsToldWhereverTheGridLies) {
    const image::Picture picture = compressed(clouds().view(), 10);
    const double whole_picture = measure_compression(picture.view(), whole)->raw;
    for (const int shift : {1, 4, 7}) {
        const image::PictureView part = picture.view().crop(shift, 8 - shift, {300, 220});
        EXPECT_NEAR(measure_compression(part, whole)->raw, whole_picture, 0.5) << shift;
    }
}

TEST(Compression, OfASmallFaceCannotBeTold) {
    const image::Picture picture = clouds();
    EXPECT_FALSE(measure_compression(picture.view(), {{10, 10, 41, 60}, 1, {}}));
    EXPECT_FALSE(measure_compression(picture.view(), {{-500, -500, -10, -10}, 1, {}}));
}

}  // namespace
}  // namespace faceward::face
