#pragma once

#include "engine/image/picture.hpp"

namespace faceward::image {

// Views and target sizes must have at least one pixel.

/// Each target pixel is the mean of the source area that it covers: for shrinking by any ratio.
/// Within one level of OpenCV's INTER_AREA where neither side grows.
Picture resize_area(PictureView source, Size target);

/// Interpolates between the four nearest source pixels, the border repeated: for growing; a
/// shrunken picture aliases. Within one level of OpenCV's INTER_LINEAR.
Picture resize_bilinear(PictureView source, Size target);

/// A picture fitted into a square.
struct Letterbox {
    Picture picture;
    /// Letterbox pixels per source pixel: a coordinate in the source is the one found here divided
    /// by this.
    float scale_x = 1;
    float scale_y = 1;
};

/// Fits the source into a square of `side` pixels, at its top left, shape kept to the nearest whole
/// pixel; the rest is black. Shrinks by area, grows bilinearly.
Letterbox letterbox(PictureView source, int side);

/// The picture mirrored left to right.
Picture mirrored(PictureView source);

/// x' = xx·x + xy·y + x0, y' = yx·x + yy·y + y0.
struct Affine {
    double xx = 1;
    double xy = 0;
    double x0 = 0;
    double yx = 0;
    double yy = 1;
    double y0 = 0;
};

/// Draws the source, moved by `source_to_target`, on a black picture; bilinear, and blended with
/// black over one pixel around its border. Windows partly or wholly beside the source are fine.
/// Black throughout if the map has no inverse. Within two levels of OpenCV's warpAffine
/// (INTER_LINEAR, BORDER_CONSTANT), which rounds positions to 1/32 pixel in some versions.
Picture warp(PictureView source, const Affine& source_to_target, Size target);

}  // namespace faceward::image
