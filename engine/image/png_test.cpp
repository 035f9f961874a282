#include "engine/image/decode.hpp"
#include "engine/image/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace faceward::image {
namespace {

using samples::Bytes;
using samples::Colour;
using samples::PngOptions;

constexpr Size size{16, 8};

std::string reason(const Bytes& bytes) {
    const auto picture = decode(bytes);
    if (picture) return "decoded";
    EXPECT_EQ(picture.error().fault, Fault::picture_unreadable);
    return picture.error().reason;
}

constexpr Colour grey(int level) { return {level, level, level}; }

/// 16-bit samples in the host's byte order.
std::vector<std::uint8_t> wide(const std::vector<std::uint16_t>& values) {
    std::vector<std::uint8_t> bytes(values.size() * 2);
    std::copy_n(reinterpret_cast<const std::uint8_t*>(values.data()), bytes.size(), bytes.begin());
    return bytes;
}

/// Rows of `depth`-bit samples, left half first, right half second; the lower half the other way
/// round.
Bytes packed(int depth, unsigned first, unsigned second) {
    Bytes rows;
    for (int y = 0; y < size.height; ++y) {
        unsigned byte = 0;
        for (int x = 0; x < size.width; ++x) {
            const bool left = (2 * x < size.width) == (2 * y < size.height);
            byte = byte << depth | (left ? first : second);
            if ((x + 1) * depth % 8 == 0) rows.push_back(static_cast<std::uint8_t>(byte));
        }
    }
    return rows;
}

struct Kind {
    std::string name;
    Bytes rows;
    PngOptions options;
    std::array<Colour, 4> expected;
};

spng_trns transparent_grey(std::uint16_t level) {
    spng_trns result{};
    result.gray = level;
    return result;
}

spng_trns transparent_entries(std::initializer_list<std::uint8_t> alphas) {
    spng_trns result{};
    for (const std::uint8_t alpha : alphas) result.type3_alpha[result.n_type3_entries++] = alpha;
    return result;
}

std::vector<Kind> kinds() {
    using samples::green, samples::red, samples::white, samples::quarters;
    const std::vector<spng_plte_entry> palette{{255, 0, 0, 0}, {0, 255, 0, 0}};
    const std::array<Colour, 4> chequered{red, green, green, red};
    const auto on = [](std::array<std::vector<std::uint8_t>, 4> colours) {
        return samples::quartered(size, colours);
    };
    std::vector<Kind> result{
        {"rgb_8", on({{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}}}), {}, quarters},
        {"rgb_16",
         on({{wide({65535, 0, 0}), wide({0, 65535, 0}), wide({0, 0, 65535}),
              wide({0x8040, 0x2010, 0x10FF})}}),
         {.depth = 16},
         {red, green, samples::blue, {0x10, 0x20, 0x80}}},
        {"grey_8",
         on({{{0}, {80}, {160}, {255}}}),
         {.colour = SPNG_COLOR_TYPE_GRAYSCALE},
         {grey(0), grey(80), grey(160), grey(255)}},
        {"grey_16",
         on({{wide({0}), wide({0x5000}), wide({0xA0FF}), wide({65535})}}),
         {.colour = SPNG_COLOR_TYPE_GRAYSCALE, .depth = 16},
         {grey(0), grey(0x50), grey(0xA0), grey(255)}},
        {"grey_alpha",
         on({{{0, 255}, {100, 255}, {0, 0}, {0, 128}}}),
         {.colour = SPNG_COLOR_TYPE_GRAYSCALE_ALPHA},
         {grey(0), grey(100), grey(255), grey(127)}},
        {"rgb_alpha",
         on({{{255, 0, 0, 255}, {0, 255, 0, 255}, {9, 9, 9, 0}, {255, 0, 0, 51}}}),
         {.colour = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA},
         {red, green, white, {204, 204, 255}}},
        {"rgb_alpha_16",
         on({{wide({65535, 0, 0, 65535}), wide({0, 65535, 0, 65535}), wide({9, 9, 9, 0}),
              wide({0, 0, 0, 65535})}}),
         {.colour = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, .depth = 16},
         {red, green, white, grey(0)}},
        {"palette_alpha",
         packed(8, 0, 1),
         {.colour = SPNG_COLOR_TYPE_INDEXED,
          .palette = palette,
          .transparency = transparent_entries({255, 0})},
         {red, white, white, red}},
        {"grey_with_transparent_level",
         packed(8, 7, 200),
         {.colour = SPNG_COLOR_TYPE_GRAYSCALE, .transparency = transparent_grey(7)},
         {white, grey(200), grey(200), white}},
    };
    for (const int depth : {1, 2, 4}) {
        const unsigned top = (1U << depth) - 1;
        result.push_back({"grey_" + std::to_string(depth),
                          packed(depth, 0, top),
                          {.colour = SPNG_COLOR_TYPE_GRAYSCALE, .depth = depth},
                          {grey(0), white, white, grey(0)}});
    }
    for (const int depth : {1, 2, 4, 8}) {
        result.push_back({"palette_" + std::to_string(depth),
                          packed(depth, 0, 1),
                          {.colour = SPNG_COLOR_TYPE_INDEXED, .depth = depth, .palette = palette},
                          chequered});
    }
    return result;
}

class EveryPng : public testing::TestWithParam<Kind> {};

TEST_P(EveryPng, IsRead) {
    for (const bool interlaced : {false, true}) {
        PngOptions options = GetParam().options;
        options.interlaced = interlaced;
        const auto picture = decode(samples::png(size, GetParam().rows, options));
        ASSERT_TRUE(picture) << picture.error().reason;
        ASSERT_EQ(picture->size(), size);
        EXPECT_EQ(samples::middles(picture->view()), GetParam().expected)
            << (interlaced ? "interlaced" : "");
    }
}

INSTANTIATE_TEST_SUITE_P(Png, EveryPng, testing::ValuesIn(kinds()),
                         [](const auto& test) { return test.param.name; });

TEST(Png, CutOffAnywhereIsRefused) {
    Bytes noise(std::size_t{64} * 48 * 3);
    std::uint32_t state = 1;
    for (auto& sample : noise)
        sample = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
    const Bytes bytes = samples::png({64, 48}, noise);
    ASSERT_EQ(reason(bytes), "decoded");
    // The last four bytes, the end chunk's checksum, are not read.
    const std::size_t read = bytes.size() - 4;
    for (std::size_t length = 64; length < read; length += 64) {
        EXPECT_EQ(reason({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)}),
                  "truncated")
            << length;
    }
    EXPECT_EQ(reason({bytes.begin(), bytes.end() - 5}), "truncated");
}

TEST(Png, WrongChecksumOfPixelsIsRefused) {
    Bytes bytes = samples::quartered_png(size);
    const std::size_t end_chunk = 12;
    bytes[bytes.size() - end_chunk - 1] ^= 1;
    EXPECT_EQ(reason(bytes), "wrong checksum in PNG data");
}

TEST(Png, ExifBehindThePixelsIsFound) {
    Bytes bytes =
        samples::quartered_png(size, {.exif = samples::exif(Orientation::right_top, true)});
    const std::string name = "eXIf";
    const auto chunk = std::search(bytes.begin(), bytes.end(), name.begin(), name.end()) - 4;
    const auto end_chunk = bytes.end() - 12;
    std::rotate(chunk, chunk + 12 + 26, end_chunk);
    const auto picture = decode(bytes);
    ASSERT_TRUE(picture) << picture.error().reason;
    EXPECT_EQ(picture->size(), (Size{size.height, size.width}));
}

TEST(Png, TooMuchMetadataIsRefused) {
    Bytes block = samples::exif(Orientation::right_top, true);
    block.resize(std::size_t{17} * 1024 * 1024);
    EXPECT_EQ(reason(samples::quartered_png(size, {.exif = block})), "too much metadata in PNG");
}

/// Overwrites the header's width and height and mends its checksum.
Bytes with_size(Bytes bytes, std::array<std::uint8_t, 8> sides,
                std::array<std::uint8_t, 4> checksum) {
    std::ranges::copy(sides, bytes.begin() + 16);
    std::ranges::copy(checksum, bytes.begin() + 29);
    return bytes;
}

TEST(Png, HugeClaimIsRefusedByTheHeader) {
    const Bytes bytes = samples::quartered_png(size);
    EXPECT_EQ(
        reason(with_size(bytes, {0, 0, 0xFF, 0xDC, 0, 0, 0xFF, 0xDC}, {0x1C, 0x35, 0x81, 0x4C})),
        "65500x65500 pixels exceed the limit of 50 megapixels");
    EXPECT_EQ(reason(with_size(bytes, {0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF},
                               {0x9B, 0xAB, 0x9C, 0x31})),
              "too large");
}

}  // namespace
}  // namespace faceward::image
