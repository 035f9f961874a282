#pragma once

#include "engine/face/quality/aligned_face.hpp"
#include "engine/face/quality/quality.hpp"

namespace faceward::face {

/// The components of ISO/IEC 29794-5 that tell how a face is lit.
struct Light {
    Measure under_exposure_prevention;
    Measure over_exposure_prevention;
    Measure dynamic_range;
    Measure illumination_uniformity;
};

Light measure_light(const AlignedFace& face);

}  // namespace faceward::face
