#pragma once

#include "engine/image/decode_limits.hpp"
#include "engine/image/picture.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <span>

namespace faceward::image {

/// Decodes a JPEG (baseline or progressive, Huffman or arithmetic; grey, YCbCr, RGB, CMYK, YCCK; 8
/// bits a sample) or a PNG (every colour type and depth, 16 bits cut to 8; transparency shows
/// white), told apart by their bytes, and turns it upright by its EXIF orientation (JPEG APP1, PNG
/// eXIf). Colour profiles and gamma are not applied. A picture that is upright as it is stored lies
/// in the room if it fits there: that spares a copy to whom wants it there.
///
/// Fault::picture_unreadable with a plain reason for anything else: empty, another format, damaged,
/// cut off before its end marker even if all pixels are there, or over a limit.
Result<Picture> decode(std::span<const std::uint8_t> bytes, const DecodeLimits& limits = {},
                       Room room = {});

}  // namespace faceward::image
