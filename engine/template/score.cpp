#include "engine/template/score.hpp"

#include "engine/template/kernels.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::templates {
namespace {

long steps_of(double score) { return std::lround(std::clamp(score, 0.0, 1.0) * score_steps); }

}  // namespace

double similarity_to_score(double similarity, const Calibration& calibration) {
    const double logit = calibration.slope * similarity + calibration.intercept;
    const long steps = steps_of(1 / (1 + std::exp(-logit)));
    return static_cast<double>(std::min<long>(steps, score_steps - 1)) / score_steps;
}

double score_to_similarity(double score, const Calibration& calibration) {
    return (std::log(score / (1 - score)) - calibration.intercept) / calibration.slope;
}

double compare(const Template& a, const Template& b, const Calibration& calibration) {
    if (a == b) return 1;
    return similarity_to_score(dot(a.elements(), b.elements()), calibration);
}

Decision decide(double score, double approve_threshold, double decline_threshold) {
    if (score >= approve_threshold) return Decision::approved;
    if (score < decline_threshold) return Decision::declined;
    return Decision::operator_required;
}

std::string_view to_string(Decision decision) {
    switch (decision) {
        case Decision::approved:
            return "approved";
        case Decision::operator_required:
            return "operator_required";
        case Decision::declined:
            return "declined";
    }
    return {};
}

double quantised(double score) { return static_cast<double>(steps_of(score)) / score_steps; }

std::string print_score(double score) {
    const long steps = steps_of(score);
    std::string text = steps == score_steps ? "1.000000" : "0.000000";
    const std::string digits = std::to_string(steps % score_steps);
    text.replace(text.size() - digits.size(), digits.size(), digits);
    constexpr std::size_t shortest = 3;
    text.resize(std::max(text.find_last_not_of('0') + 1, shortest));
    return text;
}

}  // namespace faceward::templates
