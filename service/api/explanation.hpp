#pragma once

#include "engine/engine.hpp"
#include "service/api/json.hpp"
#include "service/api/pattern.hpp"

#include <vector>

namespace faceward::api {

/// A comparison whose reasons are asked for.
struct ExplainedComparison {
    double similarity = 0;
    double score = 0;
    /// Of the request's pictures, in their order; empty where it brought templates only.
    std::vector<face::Quality> of_pictures;
};

/// Why a comparison came out as it did: {"similarity", "approve_threshold", "decline_threshold",
/// "false_match_rate", "false_match_rate_below", "measured_on", "quality"}.
Json explanation(const ExplainedComparison& comparison, const Engine& engine, const Policy& policy);

/// What was seen in a medium: {"log_odds", "liveness_threshold", "networks", "stillness", "part",
/// "frames", "gestures"}, the networks' evidence being the mean over the usable frames.
Json explanation(const liveness::Verdict& verdict, const Engine& engine, double liveness_threshold);

}  // namespace faceward::api
