#include "evaluation/verification.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace faceward::evaluation {
namespace {

double weight_of(const Comparison& comparison, const Weights& weights) {
    // A mated comparison has one subject, and is drawn as often as it is.
    const double a = weights[comparison.subject_a];
    return comparison.mated ? a : a * weights[comparison.subject_b];
}

/// Threshold that decides most comparisons of all folds but one rightly; they fall by similarity.
float best_threshold(std::span<const Comparison> comparisons, int without) {
    std::ptrdiff_t right = 0;
    for (const Comparison& c : comparisons) right += c.fold != without && !c.mated;
    std::ptrdiff_t most = right;
    float best = std::numeric_limits<float>::infinity();
    for (const Comparison& c : comparisons) {
        if (c.fold == without) continue;
        right += c.mated ? 1 : -1;
        if (right > most) {
            most = right;
            best = c.similarity;
        }
    }
    return best;
}

}  // namespace

ErrorRates::ErrorRates(std::vector<Comparison> comparisons, std::size_t subjects)
    : comparisons_(std::move(comparisons)), subjects_(subjects) {
    std::ranges::sort(comparisons_, std::ranges::greater{}, &Comparison::similarity);
    mated_ = static_cast<std::size_t>(std::ranges::count_if(comparisons_, &Comparison::mated));
}

Proportion ErrorRates::false_matches(double threshold) const {
    Proportion matches{0, non_mated()};
    for (const Comparison& c : comparisons_) {
        if (c.similarity < threshold) break;
        matches.count += !c.mated;
    }
    return matches;
}

Proportion ErrorRates::false_non_matches(double threshold) const {
    Proportion misses{0, mated_};
    for (auto c = comparisons_.rbegin(); c != comparisons_.rend(); ++c) {
        if (c->similarity >= threshold) break;
        misses.count += c->mated;
    }
    return misses;
}

OperatingPoint ErrorRates::at(double threshold) const {
    return {threshold, false_matches(threshold).rate(), false_non_matches(threshold).rate()};
}

ErrorRates::Weighted ErrorRates::weighted(std::span<const double> thresholds,
                                          const Weights& weights) const {
    double all_mated = 0;
    double all_others = 0;
    for (const Comparison& c : comparisons_)
        (c.mated ? all_mated : all_others) += weight_of(c, weights);
    Weighted result;
    result.points.assign(thresholds.size(), {});
    result.eer = std::numeric_limits<double>::quiet_NaN();
    double mated = 0;
    double others = 0;
    const auto rates = [&](double threshold) {
        return OperatingPoint{threshold, others / all_others, 1 - mated / all_mated};
    };
    std::vector<std::size_t> order(thresholds.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, std::ranges::greater{}, [&](std::size_t i) { return thresholds[i]; });
    auto due = order.begin();
    for (const Comparison& c : comparisons_) {
        for (; due != order.end() && c.similarity < thresholds[*due]; ++due)
            result.points[*due] = rates(thresholds[*due]);
        (c.mated ? mated : others) += weight_of(c, weights);
        if (std::isnan(result.eer) && others / all_others >= 1 - mated / all_mated)
            result.eer = (others / all_others + 1 - mated / all_mated) / 2;
    }
    for (; due != order.end(); ++due) result.points[*due] = rates(thresholds[*due]);
    return result;
}

std::optional<OperatingPoint> ErrorRates::at_fmr(double fmr) const {
    constexpr double rule_of_three = 3;
    const auto total = static_cast<double>(non_mated());
    if (mated_ == 0 || total * fmr < rule_of_three) return std::nullopt;
    const auto allowed = static_cast<std::size_t>(total * fmr);
    std::size_t matches = 0;
    double threshold = std::numeric_limits<double>::infinity();
    for (auto c = comparisons_.begin(); c != comparisons_.end();) {
        // What has one similarity falls to one side together.
        const float similarity = c->similarity;
        for (; c != comparisons_.end() && c->similarity == similarity; ++c) matches += !c->mated;
        if (matches > allowed) break;
        threshold = static_cast<double>(similarity);
    }
    return at(threshold);
}

double ErrorRates::eer() const { return weighted({}, Weights(subjects_, 1)).eer; }

std::vector<OperatingPoint> ErrorRates::curve() const {
    constexpr double step = 0.005;  // of the FNMR
    constexpr double ratio = 1.03;  // of the FMR, which is drawn on a logarithmic scale
    std::vector<OperatingPoint> curve;
    std::size_t mated = 0;
    std::size_t others = 0;
    for (const Comparison& c : comparisons_) {
        (c.mated ? mated : others) += 1;
        const OperatingPoint point{c.similarity,
                                   static_cast<double>(others) / static_cast<double>(non_mated()),
                                   1 - static_cast<double>(mated) / static_cast<double>(mated_)};
        if (curve.empty() || curve.back().fnmr - point.fnmr >= step ||
            (point.fmr > curve.back().fmr && point.fmr >= curve.back().fmr * ratio))
            curve.push_back(point);
    }
    return curve;
}

std::optional<FoldAccuracy> fold_accuracy(std::span<const Comparison> comparisons) {
    std::set<int> folds;
    for (const Comparison& c : comparisons) folds.insert(c.fold);
    if (folds.size() < 2) return std::nullopt;
    FoldAccuracy accuracy;
    double squares = 0;
    for (const int fold : folds) {
        const float threshold = best_threshold(comparisons, fold);
        Proportion right;
        for (const Comparison& c : comparisons)
            if (c.fold == fold) {
                ++right.total;
                right.count += (c.similarity >= threshold) == c.mated;
            }
        accuracy.mean += right.rate();
        squares += right.rate() * right.rate();
    }
    accuracy.folds = static_cast<int>(folds.size());
    const auto n = static_cast<double>(accuracy.folds);
    accuracy.mean /= n;
    accuracy.deviation = std::sqrt(std::max(0.0, squares / n - accuracy.mean * accuracy.mean));
    return accuracy;
}

}  // namespace faceward::evaluation
