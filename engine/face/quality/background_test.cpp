#include "engine/face/quality/background.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

namespace faceward::face {
namespace {

Face face_in_the_middle(image::Size size, float length) {
    const auto x = static_cast<float>(size.width) / 2;
    const auto y = static_cast<float>(size.height) / 2;
    return {{x - 0.4F * length, y - length / 2, x + 0.4F * length, y + length / 2}, 1, {}};
}

image::Picture flat(image::Size size, std::uint8_t level) {
    image::Picture picture(size);
    std::memset(picture.data(), level, picture.bytes());
    return picture;
}

TEST(Background, ThatIsPlainIsUniform) {
    const image::Picture picture = flat({640, 480}, 150);
    const auto measure = measure_background(picture.view(), face_in_the_middle({640, 480}, 190));
    ASSERT_TRUE(measure);
    EXPECT_NEAR(measure->raw, 0, 1e-9);
    EXPECT_EQ(measure->score, 100);
}

TEST(Background, ThatIsRestlessIsNot) {
    image::Picture picture = flat({640, 480}, 150);
    std::mt19937 random(3);
    for (int y = 0; y < 480;
         y += 8)  // tiles of 8 pixels, so that scaling does not smooth them away
        for (int x = 0; x < 640; x += 8) {
            const auto level = static_cast<int>(random() % 256);
            for (int row = y; row < y + 8; ++row)
                std::memset(picture.row(row) + std::ptrdiff_t{3} * x, level, 24);
        }
    const auto measure = measure_background(picture.view(), face_in_the_middle({640, 480}, 190));
    ASSERT_TRUE(measure);
    EXPECT_GT(measure->raw, 5);
    EXPECT_LT(measure->score, 30);
}

TEST(Background, LeavesTheHeadOut) {
    image::Picture picture = flat({640, 480}, 150);
    const Face face = face_in_the_middle({640, 480}, 190);
    for (int y = 200; y < 300; ++y)
        for (int x = 280; x < 360; ++x)
            std::memset(picture.row(y) + std::ptrdiff_t{3} * x, x % 2 == 0 ? 0 : 255, 3);
    EXPECT_NEAR(measure_background(picture.view(), face)->raw, 0, 1e-9);
}

TEST(Background, ThatIsNotThereCannotBeTold) {
    const image::Picture picture = flat({200, 200}, 150);
    EXPECT_FALSE(measure_background(picture.view(), face_in_the_middle({200, 200}, 190)));
    EXPECT_FALSE(measure_background(picture.view(), {}));
    const Face beside{{-5000, -5000, -4900, -4900}, 1, {}};
    EXPECT_FALSE(measure_background(picture.view(), beside));
}

}  // namespace
}  // namespace faceward::face
