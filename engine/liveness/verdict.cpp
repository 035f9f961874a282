#include "engine/liveness/verdict.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>

namespace faceward::liveness {
namespace {

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double middle_of(std::span<const double> values) {
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    return sorted[sorted.size() / 2];
}

}  // namespace

double combine(std::vector<double> logits) {
    constexpr std::size_t stretch = 3;  // frames
    // A stretch must be this much surer than 0.5 to count against the rest: single frames of real
    // faces stray, three in a row by this much do not.
    constexpr double clearly = 1.5;
    double clearest = -std::numeric_limits<double>::infinity();
    for (std::size_t first = 0; first + stretch <= logits.size(); ++first)
        clearest =
            std::max(clearest, middle_of(std::span(logits).subspan(first, stretch)) - clearly);
    std::ranges::sort(logits);
    const std::size_t cut = logits.size() / 5;
    const auto middle = std::span(logits).subspan(cut, logits.size() - 2 * cut);
    return std::max(clearest, mean(middle));
}

}  // namespace faceward::liveness
