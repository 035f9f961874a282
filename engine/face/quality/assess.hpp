#pragma once

#include "engine/face/face.hpp"
#include "engine/face/mesh/blendshapes.hpp"
#include "engine/face/mesh/dense_landmarks.hpp"
#include "engine/face/quality/aligned_face.hpp"
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

/// A face, and what surrounds it.
struct Subject {
    Face face;
    AlignedFace aligned;
    float next_size = 0;  ///< size (`size_of`) of the largest other face, 0 without one
};

/// The quality of a face on its picture. Fails with `inference_failed`.
Result<Quality> assess_quality(image::PictureView picture, const Subject& subject,
                               const QualityTools& tools);

}  // namespace faceward::face
