#include "engine/image/decode.hpp"

#include "engine/image/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace faceward::image {
namespace {

using samples::Bytes;

constexpr Size size{48, 32};

std::string reason(const Bytes& bytes, const DecodeLimits& limits = {}) {
    const auto picture = decode(bytes, limits);
    if (picture) return "decoded";
    EXPECT_EQ(picture.error().fault, Fault::picture_unreadable);
    return picture.error().reason;
}

Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

TEST(Decode, OtherBytesAreRefused) {
    EXPECT_EQ(reason({}), "empty");
    for (const char* text :
         {"0", "\xFF\xD8", "GIF89a......", "%PDF-1.4", "RIFF....WEBP", "\x89PNG\n", "BM......"}) {
        EXPECT_EQ(reason(bytes_of(text)), "neither JPEG nor PNG") << text;
    }
    EXPECT_EQ(reason({0xFF, 0xD8, 0xFF}), "truncated");
}

TEST(Decode, PixelLimitIsInclusive) {
    const Bytes jpeg = samples::quartered_jpeg(size);
    const Bytes png = samples::quartered_png(size);
    const std::int64_t pixels = std::int64_t{size.width} * size.height;
    for (const Bytes& bytes : {jpeg, png}) {
        EXPECT_EQ(reason(bytes, {.max_pixels = pixels}), "decoded");
        EXPECT_EQ(reason(bytes, {.max_pixels = pixels - 1}),
                  "48x32 pixels exceed the limit of 0.001535 megapixels");
    }
}

TEST(Decode, PixelsLieInTheRoomThatIsLargeEnough) {
    Bytes memory(std::size_t{3} * 48 * 32);
    for (const Bytes& bytes : {samples::quartered_jpeg(size), samples::quartered_png(size)}) {
        const auto own = decode(bytes);
        const auto lent = decode(bytes, {}, memory);
        ASSERT_TRUE(own && lent);
        EXPECT_EQ(lent->view().data, memory.data());
        EXPECT_TRUE(std::equal(memory.begin(), memory.end(), own->view().data));
        const auto elsewhere = decode(bytes, {}, Room(memory).first(memory.size() - 1));
        ASSERT_TRUE(elsewhere);
        EXPECT_NE(elsewhere->view().data, memory.data());
    }
}

Bytes mutated(Bytes bytes, std::mt19937& random) {
    const auto below = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
    };
    for (std::size_t changes = 1 + below(6); changes > 0 && !bytes.empty(); --changes) {
        const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size()));
        switch (below(4)) {
            case 0:
                *at = static_cast<std::uint8_t>(below(256));
                break;
            case 1:
                *at ^= static_cast<std::uint8_t>(1U << below(8));
                break;
            case 2:
                bytes.erase(at, at + std::min<std::ptrdiff_t>(bytes.end() - at, 9));
                break;
            default:
                bytes.insert(at, {0xFF, static_cast<std::uint8_t>(below(256)), 0x00});
                break;
        }
    }
    return bytes;
}

/// Whatever the bytes, the answer is a picture within the limits or a plain reason.
TEST(Decode, TwoThousandDamagedFilesDoNoHarm) {
    const Bytes block = samples::exif(Orientation::right_top, false);
    const Bytes inks =
        samples::quartered(size, {{{0, 255, 255, 0}, {9, 9, 9, 9}, {255, 0, 0, 0}, {0, 0, 0, 80}}});
    const std::array originals{
        samples::quartered_jpeg(size,
                                {.horizontal_factor = 2, .vertical_factor = 2, .exif = block}),
        samples::quartered_jpeg(size, {.progressive = true}),
        samples::quartered_jpeg(size, {.arithmetic = true}),
        samples::jpeg(size, inks, {.samples = JCS_CMYK, .stored = JCS_YCCK, .adobe_marker = true}),
        samples::quartered_png(size, {.exif = block}),
        samples::png(size, inks, {.colour = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, .interlaced = true}),
    };
    const DecodeLimits limits{.max_pixels = 1'000'000};
    std::mt19937 random(2024);
    int refused = 0;
    for (std::size_t i = 0; i < 2000; ++i) {
        const auto picture = decode(mutated(originals[i % originals.size()], random), limits);
        if (picture) {
            const auto [width, height] = picture->size();
            EXPECT_LE(std::int64_t{width} * height, limits.max_pixels);
            continue;
        }
        ++refused;
        EXPECT_EQ(picture.error().fault, Fault::picture_unreadable);
        EXPECT_THAT(picture.error().reason, testing::Not(testing::IsEmpty()));
    }
    // PNG has checksums throughout, JPEG none: most but not all damage shows.
    EXPECT_GT(refused, 1000);
    EXPECT_LT(refused, 2000);
}

}  // namespace
}  // namespace faceward::image
