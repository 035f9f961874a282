#pragma once

#include "engine/face/face.hpp"
#include "engine/face/mesh/blendshapes.hpp"
#include "engine/face/mesh/dense_landmarks.hpp"
#include "engine/face/quality/quality.hpp"
#include "engine/image/picture.hpp"
#include "engine/result.hpp"

namespace faceward::face {

/// The networks that quality asks; null where the pack has none.
struct MeshNetworks {
    DenseLandmarks* landmarks = nullptr;
    Blendshapes* blendshapes = nullptr;  ///< only with `landmarks`
};

/// The quality of a face on its picture. `next_size` is the size (`size_of`) of the largest other
/// face, 0 without one. Fails with `template_not_extracted` where the landmarks lie in one, and
/// `inference_failed`.
Result<Quality> assess_quality(image::PictureView picture, const Face& face, float next_size,
                               const MeshNetworks& networks);

}  // namespace faceward::face
