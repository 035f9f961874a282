#pragma once

#include "engine/image/picture.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <span>

namespace faceward::image {

/// What an encoded picture may cost. Checked against its header, before memory is taken for its
/// pixels.
struct DecodeLimits {
    /// Width × height. 50 megapixels (the largest common phone format) take 150 MB decoded; a
    /// progressive JPEG or a transparent PNG of that size up to three times as much while it is
    /// being read.
    std::int64_t max_pixels = 50'000'000;
    /// Scans in a JPEG. Encoders write about 10; each costs a pass over the whole picture however
    /// few bytes it has, so that a file of thousands ("scan bomb") would keep a core busy for
    /// minutes.
    int max_progressive_scans = 100;
};

/// Decodes a JPEG (baseline or progressive, Huffman or arithmetic; grey, YCbCr, RGB, CMYK, YCCK; 8
/// bits a sample) or a PNG (every colour type and depth, 16 bits cut to 8; transparency shows
/// white), told apart by their bytes, and turns it upright by its EXIF orientation (JPEG APP1, PNG
/// eXIf). Colour profiles and gamma are not applied.
///
/// Fault::picture_unreadable with a plain reason for anything else: empty, another format, damaged,
/// cut off before its end marker even if all pixels are there, or over a limit.
Result<Picture> decode(std::span<const std::uint8_t> bytes, const DecodeLimits& limits = {});

}  // namespace faceward::image
