#include "evaluation/statistics.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <random>

namespace faceward::evaluation {
namespace {

constexpr double tail = 0.025;

/// The value below which that share of sorted values lies.
double quantile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::lround(place))];
}

}  // namespace

double Proportion::rate() const {
    if (total == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(count) / static_cast<double>(total);
}

Interval Proportion::interval() const {
    using Binomial = boost::math::binomial_distribution<>;
    if (total == 0) return {};
    const auto n = static_cast<double>(total);
    const auto k = static_cast<double>(count);
    return {count == 0 ? 0 : Binomial::find_lower_bound_on_p(n, k, tail),
            count == total ? 1 : Binomial::find_upper_bound_on_p(n, k, tail)};
}

void Cases::add(std::uint32_t subject, bool counts) {
    Proportion& own = of_subject_[subject];
    ++own.total;
    own.count += counts;
}

Proportion Cases::proportion() const {
    Proportion all;
    for (const auto& [subject, own] : of_subject_) {
        all.count += own.count;
        all.total += own.total;
    }
    return all;
}

Interval Cases::interval() const {
    constexpr std::size_t replicates = 1000;
    const Proportion all = proportion();
    const std::size_t subjects = of_subject_.size();
    if (all.count == 0) return Proportion{0, subjects}.interval();
    if (all.count == all.total) return Proportion{subjects, subjects}.interval();
    if (all.total == subjects) return all.interval();
    const auto rate = [this](const Weights& weights) {
        double count = 0;
        double total = 0;
        auto weight = weights.begin();
        for (const auto& [subject, own] : of_subject_) {
            count += *weight * static_cast<double>(own.count);
            total += *weight++ * static_cast<double>(own.total);
        }
        return std::vector<double>{count / total};
    };
    return bootstrap(subjects, replicates, rate).front();
}

std::vector<TradeOff> trade_off(std::vector<double> first, std::vector<double> second) {
    constexpr std::size_t most_points = 300;
    if (first.empty() || second.empty()) return {};
    std::ranges::sort(first);
    std::ranges::sort(second);
    std::vector<double> thresholds;
    std::ranges::merge(first, second, std::back_inserter(thresholds));
    const auto repeated = std::ranges::unique(thresholds);
    thresholds.erase(repeated.begin(), repeated.end());
    const std::size_t step = thresholds.size() / most_points + 1;
    const auto share_up_to = [](const std::vector<double>& sorted, double threshold) {
        const auto end = std::ranges::upper_bound(sorted, threshold);
        return static_cast<double>(end - sorted.begin()) / static_cast<double>(sorted.size());
    };
    std::vector<TradeOff> curve;
    for (std::size_t i = 0; i < thresholds.size(); i += step)
        curve.push_back({thresholds[i], 1 - share_up_to(first, thresholds[i]),
                         share_up_to(second, thresholds[i])});
    return curve;
}

std::vector<Interval> bootstrap(
    std::size_t subjects, std::size_t replicates,
    const std::function<std::vector<double>(const Weights&)>& statistics) {
    constexpr std::uint64_t seed = 20'260'101;
    std::mt19937_64 random(seed);
    std::vector<std::vector<double>> values;
    for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
        Weights weights(subjects, 0);
        // Not std::uniform_int_distribution: libraries differ in what they draw.
        for (std::size_t i = 0; i < subjects; ++i) ++weights[random() % subjects];
        const std::vector<double> drawn = statistics(weights);
        values.resize(drawn.size());
        for (std::size_t i = 0; i < drawn.size(); ++i)
            if (std::isfinite(drawn[i])) values[i].push_back(drawn[i]);
    }
    std::vector<Interval> intervals;
    for (std::vector<double>& of_one : values) {
        std::ranges::sort(of_one);
        intervals.push_back(of_one.empty()
                                ? Interval{}
                                : Interval{quantile(of_one, tail), quantile(of_one, 1 - tail)});
    }
    return intervals;
}

}  // namespace faceward::evaluation
