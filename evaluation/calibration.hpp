#pragma once

#include "engine/template/score.hpp"
#include "evaluation/verification.hpp"

#include <tl/expected.hpp>

#include <span>
#include <string>
#include <vector>

namespace faceward::evaluation {

/// What two scores are to stand for: at `score` the FMR is to be at most `fmr`.
struct Anchor {
    double score;
    double fmr;
};

/// The protocol's two thresholds and the rates that they stand for.
inline constexpr Anchor decline_anchor{0.5, 1e-2};
inline constexpr Anchor approve_anchor{0.85, 1e-4};

/// The logistic map of similarity to score that passes through both anchors: each at the lowest
/// threshold that keeps 0.85 of its FMR on these comparisons, since others' rates stray a
/// little from them. Whether other people keep it is for others' pictures to tell. Monotone, since
/// the second threshold is the higher. The error is for the operator and says how many comparisons
/// or subjects are missing: at the rarer rate ten false matches are to be expected, of a hundred
/// subjects or more.
tl::expected<templates::Calibration, std::string> fit_calibration(const ErrorRates& rates);

/// A judged medium: the attack logit that the networks' evidence gave, and what it was.
struct JudgedLogit {
    double logit;
    bool attack;
    double added = 0;  ///< what stillness added to it, which the map leaves as it is
};

/// logit' = scale · logit + shift + added.
struct LogitMap {
    double scale = 1;
    double shift = 0;
};

/// The map that makes logits calibrated (Platt, 1999: logistic regression on the logit with
/// smoothed targets), attacks and bona fide presentations weighing the same. Monotone: a scale that
/// is not positive is an error. The error is for the operator and says what is missing: thirty of
/// each kind.
tl::expected<LogitMap, std::string> fit_logits(std::span<const JudgedLogit> judged);

}  // namespace faceward::evaluation
