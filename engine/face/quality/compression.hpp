#pragma once

#include "engine/face/face.hpp"
#include "engine/face/quality/quality.hpp"
#include "engine/image/picture.hpp"

#include <optional>

namespace faceward::face {

/// The steps between blocks of eight pixels, in levels: how much larger they are in the face than
/// the steps beside them (after Wang, Sheikh and Bovik, "No-reference perceptual quality assessment
/// of JPEG compressed images", 2002), in the best of the eight places that a grid can have. A
/// picture that was scaled after its compression hides them. Nothing for a face of less than 32
/// pixels.
std::optional<Measure> measure_compression(image::PictureView picture, const Face& face);

}  // namespace faceward::face
