#pragma once

#include "engine/face/face.hpp"
#include "engine/face/quality/quality.hpp"
#include "engine/image/picture.hpp"

#include <optional>

namespace faceward::face {

/// Mean gradient of luminance beside and above the head, about that in levels a pixel at 80 pixels
/// between the eyes, which ISO/IEC 29794-5 measures. What belongs to the head is not looked for: an
/// ellipse about the face's box is left out, and all below the chin. Nothing where too little of
/// the picture lies outside it.
std::optional<Measure> measure_background(image::PictureView picture, const Face& face);

}  // namespace faceward::face
