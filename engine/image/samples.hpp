#pragma once

#include "engine/image/orientation.hpp"
#include "engine/image/picture.hpp"

#include <spng.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// clang-format off: libjpeg's header needs the one above it
#include <cstdio>
#include <jpeglib.h>
// clang-format on

/// Encoded pictures made while the tests run.
namespace faceward::image::samples {

using Bytes = std::vector<std::uint8_t>;
using Colour = std::array<int, 3>;  ///< blue, green, red

constexpr Colour black{0, 0, 0};
constexpr Colour white{255, 255, 255};
constexpr Colour red{0, 0, 255};
constexpr Colour green{0, 255, 0};
constexpr Colour blue{255, 0, 0};

/// The stored quarters' colours, in reading order: no two orientations show them alike.
constexpr std::array<Colour, 4> quarters{red, green, blue, white};

/// The colours in the middles of a picture's four quarters, in reading order.
std::array<Colour, 4> middles(PictureView picture);

/// Samples of `channels` bytes a pixel, each quarter (in reading order) of one colour.
Bytes quartered(Size size, const std::array<std::vector<std::uint8_t>, 4>& colours);

/// An EXIF block whose first IFD has one tag, the orientation, in either byte order.
Bytes exif(Orientation orientation, bool big_endian);

struct JpegOptions {
    J_COLOR_SPACE samples = JCS_RGB;   ///< what the samples are
    J_COLOR_SPACE stored = JCS_YCbCr;  ///< what the file holds
    bool adobe_marker = false;
    bool progressive = false;
    bool one_scan_per_coefficient = false;  ///< 190 scans: more than any encoder makes
    bool arithmetic = false;
    int horizontal_factor = 1;  ///< luma samples per chroma sample
    int vertical_factor = 1;
    Bytes exif = {};  ///< empty: no APP1
};
Bytes jpeg(Size size, const Bytes& samples, const JpegOptions& options = {});

struct PngOptions {
    spng_color_type colour = SPNG_COLOR_TYPE_TRUECOLOR;
    int depth = 8;
    bool interlaced = false;
    std::vector<spng_plte_entry> palette = {};
    std::optional<spng_trns> transparency = {};
    Bytes exif = {};  ///< empty: no eXIf
};
/// `rows` are packed as PNG packs them, 16-bit samples in the host's byte order.
Bytes png(Size size, Bytes rows, const PngOptions& options = {});

/// RGB quarters in red, green, blue and white, as JPEG or PNG.
Bytes quartered_jpeg(Size size, const JpegOptions& options = {});
Bytes quartered_png(Size size, const PngOptions& options = {});

}  // namespace faceward::image::samples
