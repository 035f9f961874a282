#pragma once

#include "engine/image/picture.hpp"

#include <array>
#include <cstdint>

namespace faceward::image {

/// Blue, green, red.
using Colour = std::array<std::uint8_t, 3>;

/// Draws a line of that width in pixels, its ends round and its edges smooth, over a picture; what
/// lies beyond the border is left out. From a point to itself it is a dot.
void draw_line(Picture& picture, Point from, Point to, float width, Colour colour);

/// Draws the outline of a box.
void draw_box(Picture& picture, const Box& box, float width, Colour colour);

}  // namespace faceward::image
