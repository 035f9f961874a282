#pragma once

#include "engine/face/face.hpp"
#include "engine/image/picture.hpp"
#include "engine/image/transform.hpp"
#include "engine/result.hpp"

namespace faceward::face {

/// The least-squares similarity transform (rotation, uniform scale, shift; no reflection) that
/// takes the landmarks to the five-point positions of the usual 112×112 face crop (Deng et al.,
/// ArcFace, arXiv 1801.07698), scaled to `size`. Closed form of Umeyama, 1991. Fails with
/// `template_not_extracted` when the points lie in one.
Result<image::Affine> similarity_to_crop(const Landmarks& points, image::Size size);

/// Cuts `size` pixels out of a picture along `to_crop` (picture → crop, a similarity). Far
/// shrinking is done in two steps, by area averaging of the part that is needed and then bilinear,
/// so that fine texture does not alias.
image::Picture cut(image::PictureView picture, const image::Affine& to_crop, image::Size size);

/// An upright square cut out of a picture and scaled; a place p of the crop lies at p · scale +
/// corner of the picture.
struct Square {
    image::Picture crop;
    image::Point corner;
    float scale = 1;
};

/// The square around a box (its longer side, its centre) at `side` pixels, black beyond the border.
/// Far shrinking averages areas, of whole pixels.
Square cut_square(image::PictureView picture, const image::Box& around, int side);

}  // namespace faceward::face
