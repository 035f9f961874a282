#pragma once

#include "engine/image/picture.hpp"

#include <cstdint>

namespace faceward::image {

/// Where the first stored row and the first stored column belong on the upright picture: EXIF tag
/// 0x0112 (CIPA DC-008, 4.6.4). `right_top` means: row 0 is the right edge, column 0 the top.
enum class Orientation : std::uint8_t {
    top_left = 1,  ///< upright as stored
    top_right,
    bottom_right,
    bottom_left,
    left_top,
    right_top,
    right_bottom,
    left_bottom,
};

/// Turns and mirrors a stored picture upright. `top_left` costs nothing.
Picture upright(Picture stored, Orientation orientation);

}  // namespace faceward::image
