#include "evaluation/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace faceward::evaluation {
namespace {

constexpr double expected_false_matches = 10;
/// The share of a rate that is fitted to: other people than those of the fit, of the same
/// population, match a little more often or less.
constexpr double share_of_rate = 0.85;
constexpr std::size_t least_subjects = 100;
constexpr std::size_t least_of_kind = 30;

double logit_of(double probability) { return std::log(probability / (1 - probability)); }

std::size_t people_in(const ErrorRates& rates) {
    std::vector<bool> seen(rates.subjects());
    for (const Comparison& c : rates.comparisons()) seen[c.subject_a] = seen[c.subject_b] = true;
    return static_cast<std::size_t>(std::ranges::count(seen, true));
}

/// What Platt's regression fits: the media, and how many there are of each kind.
struct Targets {
    std::span<const JudgedLogit> judged;
    double attacks;
    double bona_fide;

    double count_of(const JudgedLogit& one) const { return one.attack ? attacks : bona_fide; }
    /// Not quite 0 or 1, so that kinds that are wholly apart give no infinite scale.
    double target_of(const JudgedLogit& one) const {
        const double n = count_of(one);
        return one.attack ? (n + 1) / (n + 2) : 1 / (n + 2);
    }
};

double logit_by(LogitMap map, const JudgedLogit& one) {
    return map.scale * one.logit + map.shift + one.added;
}

/// The cross entropy of a map, each kind weighing one.
double loss_of(LogitMap map, const Targets& targets) {
    double loss = 0;
    for (const JudgedLogit& one : targets.judged) {
        const double logit = logit_by(map, one);
        // log(1 + exp(x)) without overflow.
        const double softplus = std::max(logit, 0.0) + std::log1p(std::exp(-std::abs(logit)));
        loss += (softplus - targets.target_of(one) * logit) / targets.count_of(one);
    }
    return loss;
}

/// One step of Newton's method, shortened until it betters the map.
LogitMap improved(LogitMap map, const Targets& targets) {
    double g1 = 0;
    double g2 = 0;
    double h11 = 1e-9;
    double h12 = 0;
    double h22 = 1e-9;
    for (const JudgedLogit& one : targets.judged) {
        const double p = 1 / (1 + std::exp(-logit_by(map, one)));
        const double slope = (p - targets.target_of(one)) / targets.count_of(one);
        const double curvature = p * (1 - p) / targets.count_of(one);
        g1 += slope * one.logit;
        g2 += slope;
        h11 += curvature * one.logit * one.logit;
        h12 += curvature * one.logit;
        h22 += curvature;
    }
    const double determinant = h11 * h22 - h12 * h12;
    const double before = loss_of(map, targets);
    constexpr double shortest = 1e-6;
    for (double length = 1; length > shortest; length /= 2) {
        const LogitMap next{map.scale - length * (h22 * g1 - h12 * g2) / determinant,
                            map.shift - length * (h11 * g2 - h12 * g1) / determinant};
        if (loss_of(next, targets) < before) return next;
    }
    return map;
}

}  // namespace

tl::expected<templates::Calibration, std::string> fit_calibration(const ErrorRates& rates) {
    const auto needed = static_cast<std::size_t>(expected_false_matches / approve_anchor.fmr);
    if (rates.non_mated() < needed)
        return tl::make_unexpected(
            fmt::format("too few non-mated comparisons: {} of {} needed, {} are missing",
                        rates.non_mated(), needed, needed - rates.non_mated()));
    if (const std::size_t people = people_in(rates); people < least_subjects)
        return tl::make_unexpected(fmt::format("too few subjects: {} of {} needed, {} are missing",
                                               people, least_subjects, least_subjects - people));
    const auto low = rates.at_fmr(share_of_rate * decline_anchor.fmr);
    const auto high = rates.at_fmr(share_of_rate * approve_anchor.fmr);
    if (!low || !high || high->threshold <= low->threshold)
        return tl::make_unexpected(
            "there are no mated comparisons, or the similarities are all alike");
    const double slope = (logit_of(approve_anchor.score) - logit_of(decline_anchor.score)) /
                         (high->threshold - low->threshold);
    return templates::Calibration{slope, logit_of(decline_anchor.score) - slope * low->threshold};
}

tl::expected<LogitMap, std::string> fit_logits(std::span<const JudgedLogit> judged) {
    const auto attacks =
        static_cast<std::size_t>(std::ranges::count_if(judged, &JudgedLogit::attack));
    const std::size_t bona_fide = judged.size() - attacks;
    for (const auto& [what, count] :
         {std::pair{"attacks", attacks}, std::pair{"bona fide presentations", bona_fide}})
        if (count < least_of_kind)
            return tl::make_unexpected(
                fmt::format("too few judged {}: {} of {} needed, {} are missing", what, count,
                            least_of_kind, least_of_kind - count));
    const Targets targets{judged, static_cast<double>(attacks), static_cast<double>(bona_fide)};
    LogitMap map{0, 0};
    constexpr int steps = 50;
    for (int step = 0; step < steps; ++step) map = improved(map, targets);
    if (!std::isfinite(map.scale) || !std::isfinite(map.shift) || map.scale <= 0)
        return tl::make_unexpected(
            "the evidence does not tell these attacks from bona fide presentations");
    return map;
}

}  // namespace faceward::evaluation
