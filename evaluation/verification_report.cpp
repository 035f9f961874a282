#include "evaluation/reports.hpp"
#include "evaluation/suspects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace faceward::evaluation {
namespace {

constexpr std::array target_fmrs{1e-2, 1e-3, 1e-4, 1e-5};

/// Rates over comparisons that share subjects depend on one another: their intervals come from
/// drawing subjects anew. Where there is no error to draw, the exact interval stays.
Interval interval_of(const Proportion& proportion, const Interval& drawn) {
    const bool can_be_drawn = proportion.count > 0 && proportion.count < proportion.total;
    return can_be_drawn ? drawn : proportion.interval();
}

Report with_interval(const Proportion& proportion, const Interval& drawn) {
    return to_json(proportion, interval_of(proportion, drawn));
}

/// Without an error on either side the interval is that of the side with fewer comparisons.
Report eer_json(const ErrorRates& rates, const Interval& drawn) {
    if (rates.mated() == 0 || rates.non_mated() == 0)
        return {{"missing", "it takes mated and non-mated comparisons"}};
    const double eer = rates.eer();
    const Proportion none{0, std::min(rates.mated(), rates.non_mated())};
    const Interval interval = eer > 0 ? drawn : none.interval();
    return {{"rate", eer}, {"interval", {interval.low, interval.high}}};
}

struct Intervals {
    std::vector<Interval> fmr;
    std::vector<Interval> fnmr;
    Interval eer;
};

Intervals intervals_of(const ErrorRates& rates, std::span<const double> thresholds) {
    constexpr std::size_t few = 200'000;
    const std::size_t replicates = rates.comparisons().size() > few ? 200 : 1000;
    const auto all = bootstrap(rates.subjects(), replicates, [&](const Weights& weights) {
        const ErrorRates::Weighted drawn = rates.weighted(thresholds, weights);
        std::vector<double> values{drawn.eer};
        for (const OperatingPoint& point : drawn.points) values.push_back(point.fmr);
        for (const OperatingPoint& point : drawn.points) values.push_back(point.fnmr);
        return values;
    });
    const auto n = static_cast<std::ptrdiff_t>(thresholds.size());
    return {{all.begin() + 1, all.begin() + 1 + n}, {all.begin() + 1 + n, all.end()}, all.front()};
}

Report histogram(const ErrorRates& rates, const templates::Calibration& calibration) {
    constexpr std::size_t bins = 50;
    std::array<std::vector<std::size_t>, 2> counts{std::vector<std::size_t>(bins),
                                                   std::vector<std::size_t>(bins)};
    for (const Comparison& c : rates.comparisons()) {
        const double score =
            templates::similarity_to_score(static_cast<double>(c.similarity), calibration);
        ++counts[c.mated ? 1 : 0][std::min(bins - 1, static_cast<std::size_t>(score * bins))];
    }
    return {{"non_mated", counts[0]}, {"mated", counts[1]}};
}

Report suspects_json(std::span<const SuspectPair> suspects) {
    constexpr std::size_t most = 100;
    Report json{{"mated_below_0.5", 0}, {"non_mated_from_0.85", 0}, {"pairs", Report::array()}};
    std::array<std::size_t, 2> counts{};
    for (const SuspectPair& suspect : suspects)
        if (counts[suspect.mated ? 1 : 0]++ < most)
            json["pairs"].push_back({{"a", suspect.a},
                                     {"b", suspect.b},
                                     {"labelled", suspect.mated ? "mated" : "non-mated"},
                                     {"score", suspect.score}});
    json["mated_below_0.5"] = counts[1];
    json["non_mated_from_0.85"] = counts[0];
    return json;
}

Report acceptance(const ErrorRates& rates, double fmr, const std::optional<OperatingPoint>& point,
                  const Interval& drawn, const templates::Calibration& calibration) {
    if (!point)
        return {{"fmr", fmr},
                {"missing", fmt::format("{} non-mated comparisons are needed, there are {}",
                                        std::llround(3 / fmr), rates.non_mated())}};
    const Interval fnmr = interval_of(rates.false_non_matches(point->threshold), drawn);
    return {{"fmr", fmr},
            {"tar", 1 - point->fnmr},
            {"interval", {1 - fnmr.high, 1 - fnmr.low}},
            {"similarity", point->threshold},
            {"score", templates::similarity_to_score(point->threshold, calibration)}};
}

}  // namespace

Report to_json(const Proportion& proportion, const Interval& interval) {
    Report json{{"count", proportion.count}, {"total", proportion.total}};
    if (proportion.total > 0) {
        json["rate"] = proportion.rate();
        json["interval"] = {interval.low, interval.high};
    }
    return json;
}

Report to_json(const Cases& cases) { return to_json(cases.proportion(), cases.interval()); }

std::vector<Comparison> compare_all(const PairList& list, const Acquired& acquired) {
    std::vector<Comparison> comparisons;
    comparisons.reserve(list.pairs.size());
    for (const PairEntry& pair : list.pairs) {
        const auto& a = acquired.templates[pair.a];
        const auto& b = acquired.templates[pair.b];
        if (a && b)
            comparisons.push_back({static_cast<float>(Engine::similarity(*a, *b)),
                                   list.samples.subjects[pair.a], list.samples.subjects[pair.b],
                                   pair.mated, pair.fold});
    }
    return comparisons;
}

Report verification_report(const Engine& engine, const PairList& list, const Acquired& acquired) {
    const templates::Calibration& calibration = engine.calibration();
    const auto last = std::ranges::max_element(list.samples.subjects);
    const ErrorRates rates(compare_all(list, acquired), std::size_t{*last} + 1);

    std::vector<double> thresholds;
    for (const double score : reported_scores)
        thresholds.push_back(templates::score_to_similarity(score, calibration));
    std::vector<std::optional<OperatingPoint>> targets;
    for (const double fmr : target_fmrs) {
        targets.push_back(rates.at_fmr(fmr));
        thresholds.push_back(targets.back() ? targets.back()->threshold : 2);
    }
    const Intervals intervals = intervals_of(rates, thresholds);

    Report report{
        {"pictures", list.samples.paths.size()},
        {"mated", rates.mated()},
        {"non_mated", rates.non_mated()},
        {"pairs_without_a_template", list.pairs.size() - rates.mated() - rates.non_mated()},
        {"fta", to_json(acquired.failures_of(list.samples.subjects))},
        {"fta_reasons", acquired.failures},
        {"eer", eer_json(rates, intervals.eer)}};
    if (const auto accuracy = fold_accuracy(rates.comparisons()))
        report["accuracy"] = {{"mean", accuracy->mean},
                              {"deviation", accuracy->deviation},
                              {"folds", accuracy->folds}};
    for (std::size_t i = 0; i < target_fmrs.size(); ++i)
        report["tar"].push_back(acceptance(rates, target_fmrs[i], targets[i],
                                           intervals.fnmr[reported_scores.size() + i],
                                           calibration));
    for (std::size_t i = 0; i < reported_scores.size(); ++i)
        report["at_score"].push_back(
            {{"score", reported_scores[i]},
             {"fmr", with_interval(rates.false_matches(thresholds[i]), intervals.fmr[i])},
             {"fnmr", with_interval(rates.false_non_matches(thresholds[i]), intervals.fnmr[i])}});
    for (const OperatingPoint& point : rates.curve())
        report["det"].push_back({{"fmr", point.fmr}, {"fnmr", point.fnmr}});
    report["histogram"] = histogram(rates, calibration);
    report["suspects"] = suspects_json(suspect_pairs(list, acquired, calibration));
    return report;
}

}  // namespace faceward::evaluation
