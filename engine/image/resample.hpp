#pragma once

#include "engine/image/picture.hpp"

#include <cstdint>

namespace faceward::image {

/// A writable window on BGR pixels, laid out as in PictureView.
struct Canvas {
    std::uint8_t* data;
    Size size;
    std::ptrdiff_t stride;

    std::uint8_t* row(int y) const { return data + y * stride; }
};

/// resize_area() and resize_bilinear() into pixels that exist already.
void area_into(PictureView source, Canvas target);
void bilinear_into(PictureView source, Canvas target);

}  // namespace faceward::image
