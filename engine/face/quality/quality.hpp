#pragma once

#include "engine/face/quality/component.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

namespace faceward::face {

/// A component's value, raw and on the common scale.
struct Measure {
    int score = 0;   ///< 0…100, higher is better
    double raw = 0;  ///< in the component's unit
};

/// A measure whose score is rounded and kept in 0…100.
inline Measure measured(double raw, double score) {
    return {static_cast<int>(std::lround(std::fmin(std::fmax(score, 0), 100))), raw};
}

/// The logistic function by which ISO/IEC 29794-5 maps most raw values: one half at `middle`.
inline double sigmoid(double x, double middle, double width) {
    return 1 / (1 + std::exp((middle - x) / width));
}

/// How good a face image is for recognition. A measure is missing where the pack has no network
/// for it, or the picture shows too little to tell.
struct Quality {
    int unified_score = 0;  ///< 0…100, higher is better; chosen to predict recognition errors
    std::array<std::optional<Measure>, component_count> measures;

    std::optional<Measure>& operator[](Component component) {
        return measures.at(static_cast<std::size_t>(component));
    }
    const std::optional<Measure>& operator[](Component component) const {
        return measures.at(static_cast<std::size_t>(component));
    }
};

}  // namespace faceward::face
