#pragma once

#include "engine/liveness/gesture.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace faceward::api {

/// The word for a gesture: that of the media tag that asks for it, behind "video_selfie_".
std::string_view to_string(liveness::Gesture gesture);

/// The gestures that a medium's tags ask for, each once.
std::vector<liveness::Gesture> gestures_of(const std::vector<std::string>& tags);

}  // namespace faceward::api
