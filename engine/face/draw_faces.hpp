#pragma once

#include "engine/face/face.hpp"
#include "engine/image/picture.hpp"

#include <span>

namespace faceward::face {

/// A copy of the picture with the boxes and landmarks of faces drawn over it.
image::Picture with_faces_drawn(image::PictureView picture, std::span<const Face> faces);

}  // namespace faceward::face
