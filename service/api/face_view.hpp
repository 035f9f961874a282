#pragma once

#include "engine/engine.hpp"

#include <nlohmann/json.hpp>

namespace faceward::api {

/// {"unified_score", "measures": {name: {"score", "raw", "unit"} or null, …}, "advice": […]}
nlohmann::ordered_json quality_json(const face::Quality& quality);

/// {"width", "height", "faces": [{"box", "score", "landmarks", "pose"}, …]}: pixels of the upright
/// picture; right and left are the person's; the pose may be null.
nlohmann::ordered_json detection_json(const Detection& detection);

}  // namespace faceward::api
