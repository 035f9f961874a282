#pragma once

#include <nlohmann/json.hpp>

#include <cmath>

namespace faceward::api {

using Json = nlohmann::ordered_json;

/// A number with so many decimals at most, and no minus before a zero.
inline double rounded(double value, int decimals) {
    const double scale = std::pow(10, decimals);
    return std::round(value * scale) / scale + 0.0;
}

}  // namespace faceward::api
