#pragma once

#include "engine/face/face.hpp"
#include "engine/face/mesh/blendshapes.hpp"
#include "engine/face/mesh/dense_landmarks.hpp"
#include "engine/face/quality/quality.hpp"
#include "engine/image/picture.hpp"
#include "engine/result.hpp"

#include <optional>

namespace faceward::face {

/// What quality asks of the pack.
struct QualityTools {
    DenseLandmarks* landmarks = nullptr;  ///< null: the pack has none
    Blendshapes* blendshapes = nullptr;   ///< likewise; only with `landmarks`
    /// The score that the detector gives clear frontal faces, where that is known.
    std::optional<float> clear_score;
};

/// The quality of a face on its picture. `next_size` is the size (`size_of`) of the largest other
/// face, 0 without one. Fails with `template_not_extracted` where the landmarks lie in one, and
/// `inference_failed`.
Result<Quality> assess_quality(image::PictureView picture, const Face& face, float next_size,
                               const QualityTools& tools);

}  // namespace faceward::face
