#pragma once

#include "engine/model/manifest.hpp"

#include <optional>
#include <string>

namespace faceward::model {

/// How many pairs of two people score as high as some score, as far as that was measured.
struct FalseMatchRate {
    std::optional<double> rate;   ///< nothing where no pair that was measured scored so high
    std::optional<double> below;  ///< then what it is less than
    std::string set;              ///< the data that it was measured on
};

/// The FMR (ISO/IEC 19795-1) that a score in [0, 1] stands for, by the rates that the pack has on
/// the first of its sets; between two scores that were measured its logarithm is linear, and at
/// score 0 every pair matches. Nothing without rates.
std::optional<FalseMatchRate> false_match_rate(const CalibrationEntry& calibration, double score);

}  // namespace faceward::model
