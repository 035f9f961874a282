#pragma once

#include "engine/image/orientation.hpp"

#include <cstdint>
#include <span>

namespace faceward::image {

/// The orientation in an EXIF block: a TIFF header (either byte order) and the first IFD, without
/// the "Exif\0\0" that precedes it in a JPEG. `top_left` when the tag is missing, has a value
/// outside 1…8 or another type than SHORT, or the block is damaged.
Orientation exif_orientation(std::span<const std::uint8_t> tiff);

}  // namespace faceward::image
