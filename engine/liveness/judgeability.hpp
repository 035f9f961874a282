#pragma once

#include "engine/face/face.hpp"
#include "engine/image/picture.hpp"

#include <optional>
#include <string>

namespace faceward::liveness {

/// What a face must be like before it is judged: the networks' errors grow beyond these.
struct JudgeabilityRule {
    float min_context = 1.4F;          ///< of the scene around it, in reference boxes
    float min_eye_distance = 36;       ///< pixels
    float min_detector_score = 0.88F;  ///< 0…1
};

/// Why a face cannot be judged, in plain words; nothing when it can be.
std::optional<std::string> why_not_judgeable(const face::Face& face, image::Size picture,
                                             const JudgeabilityRule& rule);

/// Distance between the eyes, in pixels. A face turned aside has its eyes close together however
/// large it is; the distance from eyes to mouth then tells its size.
float eye_distance(const face::Landmarks& points);

}  // namespace faceward::liveness
