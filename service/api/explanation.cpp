#include "service/api/explanation.hpp"

#include "engine/model/error_rates.hpp"
#include "service/api/face_view.hpp"
#include "service/api/gestures.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace faceward::api {
namespace {

/// A rate with three digits, or null.
Json rate(std::optional<double> value) {
    if (!value || *value == 0) return value ? Json(0) : Json(nullptr);
    return rounded(*value, 2 - static_cast<int>(std::floor(std::log10(*value))));
}

double log_odds(double value) { return rounded(value, 3); }

bool is_usable(const liveness::FrameEvidence& frame) { return frame.why_not_usable.empty(); }

Json networks(const liveness::Verdict& verdict, const Engine& engine) {
    Json list = Json::array();
    std::size_t index = 0;
    for (const model::NetworkEntry& network : engine.networks()) {
        if (network.role != model::Role::attack_detector) continue;
        double sum = 0;
        for (const liveness::FrameEvidence& frame : verdict.frames)
            if (is_usable(frame)) sum += frame.evidence[index];
        const auto usable = std::ranges::count_if(verdict.frames, is_usable);
        list.push_back({{"name", network.full_name()},
                        {"log_odds", log_odds(sum / static_cast<double>(usable))}});
        ++index;
    }
    return list;
}

Json frame_json(const liveness::FrameEvidence& frame) {
    Json json{{"number", frame.number},     {"time", rounded(frame.seconds, 3)},
              {"usable", is_usable(frame)}, {"reason", nullptr},
              {"log_odds", nullptr},        {"networks", nullptr}};
    if (is_usable(frame)) {
        json["log_odds"] = log_odds(frame.logit);
        json["networks"] = Json::array();
        for (const double evidence : frame.evidence) json["networks"].push_back(log_odds(evidence));
    } else {
        json["reason"] = frame.why_not_usable;
    }
    return json;
}

Json stillness_json(const liveness::Stillness& stillness) {
    return {{"eyes", rounded(stillness.eyes, 4)},
            {"plane", rounded(stillness.plane, 4)},
            {"log_odds", log_odds(stillness.log_odds)},
            {"weight", rounded(stillness.weight, 3)},
            {"added", log_odds(liveness::added_by(stillness))}};
}

Json part_json(const liveness::TellingPart& part) {
    return {{"from", rounded(part.from, 3)},
            {"to", rounded(part.to, 3)},
            {"log_odds", log_odds(part.logit)}};
}

Json gesture_json(const liveness::GestureFinding& finding) {
    return {{"gesture", to_string(finding.gesture)},
            {"made", finding.made()},
            {"reached", rounded(finding.reached, 2)},
            {"needed", finding.needed}};
}

}  // namespace

Json explanation(const ExplainedComparison& comparison, const Engine& engine,
                 const Policy& policy) {
    const auto matches = model::false_match_rate(engine.profile().calibration, comparison.score);
    Json quality = comparison.of_pictures.empty() ? Json(nullptr) : Json::array();
    for (const face::Quality& picture : comparison.of_pictures)
        quality.push_back(quality_json(picture));
    return {{"similarity", rounded(std::clamp(comparison.similarity, -1.0, 1.0), 6)},
            {"approve_threshold", policy.approve_threshold},
            {"decline_threshold", policy.decline_threshold},
            {"false_match_rate", rate(matches ? matches->rate : std::nullopt)},
            {"false_match_rate_below", rate(matches ? matches->below : std::nullopt)},
            {"measured_on", matches ? Json(matches->set) : Json(nullptr)},
            {"quality", std::move(quality)}};
}

Json explanation(const liveness::Verdict& verdict, const Engine& engine,
                 double liveness_threshold) {
    Json frames = Json::array();
    for (const liveness::FrameEvidence& frame : verdict.frames) frames.push_back(frame_json(frame));
    Json gestures = verdict.gestures.empty() ? Json(nullptr) : Json::array();
    for (const liveness::GestureFinding& finding : verdict.gestures)
        gestures.push_back(gesture_json(finding));
    return {{"log_odds", log_odds(verdict.logit)},
            {"liveness_threshold", liveness_threshold},
            {"networks", networks(verdict, engine)},
            {"stillness", verdict.stillness ? stillness_json(*verdict.stillness) : Json(nullptr)},
            {"part", verdict.part ? part_json(*verdict.part) : Json(nullptr)},
            {"frames", std::move(frames)},
            {"gestures", std::move(gestures)}};
}

}  // namespace faceward::api
