#include "engine/image/decode.hpp"
#include "engine/image/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace faceward::image {
namespace {

using samples::Bytes;
using samples::JpegOptions;

constexpr Size size{48, 32};

void expect_quarters(const Bytes& bytes, const std::array<samples::Colour, 4>& expected,
                     const DecodeLimits& limits = {}) {
    const auto picture = decode(bytes, limits);
    ASSERT_TRUE(picture) << picture.error().reason;
    ASSERT_EQ(picture->size(), size);
    const auto colours = samples::middles(picture->view());
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t c = 0; c < 3; ++c)
            EXPECT_NEAR(colours[i][c], expected[i][c], 4) << i << ", " << c;
    }
}

std::string reason(const Bytes& bytes, const DecodeLimits& limits = {}) {
    const auto picture = decode(bytes, limits);
    if (picture) return "decoded";
    EXPECT_EQ(picture.error().fault, Fault::picture_unreadable);
    return picture.error().reason;
}

/// Where the frame header's bits per sample stand; height and width follow.
std::size_t frame_header(const Bytes& bytes, std::uint8_t marker = 0xC0) {
    const Bytes start{0xFF, marker};
    return static_cast<std::size_t>(
               std::search(bytes.begin(), bytes.end(), start.begin(), start.end()) -
               bytes.begin()) +
           4;
}

struct Kind {
    std::string name;
    JpegOptions options;
};

class ColourJpeg : public testing::TestWithParam<Kind> {};

TEST_P(ColourJpeg, IsRead) {
    expect_quarters(samples::quartered_jpeg(size, GetParam().options), samples::quarters);
}

INSTANTIATE_TEST_SUITE_P(
    Jpeg, ColourJpeg,
    testing::Values(Kind{"baseline_444", {}}, Kind{"progressive", {.progressive = true}},
                    Kind{"arithmetic", {.arithmetic = true}},
                    Kind{"arithmetic_progressive", {.progressive = true, .arithmetic = true}},
                    Kind{"subsampled_422", {.horizontal_factor = 2}},
                    Kind{"subsampled_440", {.vertical_factor = 2}},
                    Kind{"subsampled_420", {.horizontal_factor = 2, .vertical_factor = 2}},
                    Kind{"subsampled_411", {.horizontal_factor = 4}},
                    Kind{"rgb", {.stored = JCS_RGB, .adobe_marker = true}}),
    [](const auto& test) { return test.param.name; });

TEST(Jpeg, GreyIsRead) {
    const Bytes grey = samples::quartered(size, {{{0}, {80}, {160}, {255}}});
    expect_quarters(samples::jpeg(size, grey, {.samples = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE}),
                    {{{0, 0, 0}, {80, 80, 80}, {160, 160, 160}, {255, 255, 255}}});
}

/// Inks of: red, half green in half black, blue, white.
constexpr std::array<samples::Colour, 4> cmyk_colours{
    {{0, 0, 255}, {64, 128, 64}, {255, 0, 0}, {255, 255, 255}}};
const std::array<std::vector<std::uint8_t>, 4> inks{
    {{0, 255, 255, 0}, {127, 0, 127, 127}, {255, 255, 0, 0}, {0, 0, 0, 0}}};

std::array<std::vector<std::uint8_t>, 4> inverted(std::array<std::vector<std::uint8_t>, 4> values) {
    for (auto& value : values) {
        for (auto& ink : value) ink = static_cast<std::uint8_t>(255 - ink);
    }
    return values;
}

TEST(Jpeg, CmykIsInkWithoutAdobeMarker) {
    expect_quarters(samples::jpeg(size, samples::quartered(size, inks),
                                  {.samples = JCS_CMYK, .stored = JCS_CMYK}),
                    cmyk_colours);
}

TEST(Jpeg, CmykIsInvertedWithAdobeMarker) {
    for (const J_COLOR_SPACE stored : {JCS_CMYK, JCS_YCCK}) {
        expect_quarters(
            samples::jpeg(size, samples::quartered(size, inverted(inks)),
                          {.samples = JCS_CMYK, .stored = stored, .adobe_marker = true}),
            cmyk_colours);
    }
}

TEST(Jpeg, TwelveBitIsRefused) {
    Bytes bytes = samples::quartered_jpeg(size);
    bytes[frame_header(bytes)] = 12;
    EXPECT_EQ(reason(bytes), "only JPEG with 8 bits a sample is supported");
}

TEST(Jpeg, LosslessIsRefused) {
    Bytes bytes = samples::quartered_jpeg(size);
    bytes[frame_header(bytes) - 3] = 0xC3;
    EXPECT_EQ(reason(bytes), "lossless and hierarchical JPEG are not supported");
}

TEST(Jpeg, CutOffAnywhereIsRefused) {
    for (const bool progressive : {false, true}) {
        const Bytes bytes = samples::quartered_jpeg({160, 120}, {.progressive = progressive});
        ASSERT_EQ(reason(bytes), "decoded");
        for (std::size_t length = 64; length < bytes.size(); length += 64) {
            EXPECT_EQ(reason({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)}),
                      "truncated")
                << length;
        }
        EXPECT_EQ(reason({bytes.begin(), bytes.end() - 1}), "truncated");
    }
}

TEST(Jpeg, MissingDataBeforeTheEndMarkerIsRefused) {
    Bytes bytes = samples::quartered_jpeg(size);
    bytes.erase(bytes.end() - 42, bytes.end() - 2);
    EXPECT_EQ(reason(bytes), "truncated");
}

TEST(Jpeg, BytesBehindTheEndAreIgnored) {
    Bytes bytes = samples::quartered_jpeg(size);
    bytes.resize(bytes.size() + 1000);
    expect_quarters(bytes, samples::quarters);
}

TEST(Jpeg, StrayBytesBetweenMarkersAreIgnored) {
    Bytes bytes = samples::quartered_jpeg(size);
    bytes.insert(bytes.end() - 2, {0x00, 0x01, 0x02});
    expect_quarters(bytes, samples::quarters);
}

TEST(Jpeg, ExifBehindXmpIsFound) {
    Bytes bytes =
        samples::quartered_jpeg(size, {.exif = samples::exif(Orientation::right_top, true)});
    const Bytes xmp{0xFF, 0xE1, 0, 8, 'h', 't', 't', 'p', ':', '/'};
    bytes.insert(bytes.begin() + 2, xmp.begin(), xmp.end());
    const auto picture = decode(bytes);
    ASSERT_TRUE(picture) << picture.error().reason;
    EXPECT_EQ(picture->size(), (Size{size.height, size.width}));
}

TEST(Jpeg, HugeClaimIsRefusedByTheHeader) {
    Bytes bytes = samples::quartered_jpeg(size);
    const std::size_t header = frame_header(bytes);
    for (const std::size_t side : {header + 1, header + 3}) {
        bytes[side] = 65500 >> 8;
        bytes[side + 1] = 65500 & 0xFF;
    }
    EXPECT_EQ(reason(bytes), "65500x65500 pixels exceed the limit of 50 megapixels");
    bytes[header + 1] = bytes[header + 2] = 0xFF;
    EXPECT_EQ(reason(bytes), "a side is longer than 65500 pixels");
}

TEST(Jpeg, ScanBombIsRefused) {
    const Bytes usual = samples::quartered_jpeg(size, {.progressive = true});
    EXPECT_EQ(reason(usual, {.max_progressive_scans = 10}), "decoded");
    EXPECT_EQ(reason(usual, {.max_progressive_scans = 9}), "too many progressive scans");

    const Bytes bomb = samples::quartered_jpeg(size, {.one_scan_per_coefficient = true});
    EXPECT_EQ(reason(bomb), "too many progressive scans");
    expect_quarters(bomb, samples::quarters, {.max_progressive_scans = 190});
}

}  // namespace
}  // namespace faceward::image
