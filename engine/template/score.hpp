#pragma once

#include "engine/template/codec.hpp"

#include <string>
#include <string_view>

namespace faceward::templates {

/// How a similarity becomes a comparison score: score = 1 / (1 + exp(-(slope · similarity +
/// intercept))). Fitted on data and kept in the model pack; slope is positive.
struct Calibration {
    double slope;
    double intercept;
};

/// Scores are whole multiples of 1 / this, so that the score that is printed is the score that was
/// decided upon.
inline constexpr int score_steps = 1'000'000;

/// The comparison score of two different templates, 0…0.999999, in steps of 1e-6; monotone in the
/// similarity. `similarity` is the cosine of the two vectors.
double similarity_to_score(double similarity, const Calibration& calibration);

/// The similarity that has a score, which lies in (0, 1): the inverse of the map before its
/// rounding to steps.
double score_to_similarity(double score, const Calibration& calibration);

/// The comparison score of two templates of one dimension: exactly 1 if their elements are equal,
/// below 1 otherwise; compare(a, b) is compare(b, a), on every machine.
double compare(const Template& a, const Template& b, const Calibration& calibration);

/// What to do about a comparison score.
enum class Decision {
    approved,           ///< at or above the approve threshold
    operator_required,  ///< between the thresholds
    declined,           ///< below the decline threshold
};

/// The decision on a score as `compare` gives it; `decline_threshold` must not be above
/// `approve_threshold`.
Decision decide(double score, double approve_threshold, double decline_threshold);

/// "approved", "operator_required" or "declined".
std::string_view to_string(Decision decision);

/// The nearest step to a number, which is taken to the nearer end of [0, 1] where it lies outside.
double quantised(double score);

/// A score in [0, 1] as a JSON number, rounded to six decimals: "0.0", "1.0" or "0." and digits of
/// which the last is not 0; never an integer, never an exponent. Numbers outside [0, 1] print as
/// the nearer end.
std::string print_score(double score);

}  // namespace faceward::templates
