#pragma once

#include "engine/face/quality/quality.hpp"

#include <string_view>
#include <vector>

namespace faceward::face {

/// What a person before the camera can do better, in plain words, worst first; empty when nothing
/// is worth saying.
std::vector<std::string_view> advice_on(const Quality& quality);

/// The score below which there is advice on a component.
int advised_below(Component component);

}  // namespace faceward::face
