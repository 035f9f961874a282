#pragma once

#include "engine/face/face.hpp"
#include "engine/face/mesh/mesh.hpp"
#include "engine/image/picture.hpp"

#include <optional>

namespace faceward::liveness {

/// What makes a frame good for recognition, each 0…1 (after ISO/IEC 29794-5); their product ranks
/// the frames of a medium.
struct ShotQuality {
    float size = 0;       ///< distance of the eyes against 90 pixels
    float sharpness = 0;  ///< of the face at 112 pixels
    float pose = 0;       ///< facing the camera
    float eyes = 1;       ///< open; 1 where no dense landmarks tell
    float exposure = 0;   ///< neither dark nor burnt out
    float context = 0;    ///< not too close to the frame's edges

    float total() const { return size * sharpness * pose * eyes * exposure * context; }
};

/// Rates a face; `mesh` is null where there is none.
ShotQuality rate_shot(image::PictureView picture, const face::Face& face, const face::Mesh* mesh);

}  // namespace faceward::liveness
