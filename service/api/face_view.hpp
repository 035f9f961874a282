#pragma once

#include "engine/engine.hpp"
#include "service/api/json.hpp"

namespace faceward::api {

/// {"unified_score", "measures": {name: {"score", "raw", "unit"} or null, …}, "advice": […]}
Json quality_json(const face::Quality& quality);

/// {"width", "height", "faces": [{"box", "score", "landmarks", "pose"}, …]}: pixels of the upright
/// picture; right and left are the person's; the pose may be null.
Json detection_json(const Detection& detection);

}  // namespace faceward::api
