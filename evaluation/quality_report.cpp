#include "evaluation/discard.hpp"
#include "evaluation/reports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace faceward::evaluation {
namespace {

constexpr std::array target_fmrs{1e-2, 1e-3};
constexpr std::array shares{0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3};

/// A mated comparison with what could have foretold its outcome.
struct Mated {
    float similarity;
    std::uint32_t subject;
    double unified;
    double face_size;
};

std::vector<Mated> mated_of(const PairList& list, const Acquired& acquired) {
    std::vector<Mated> mated;
    for (const PairEntry& pair : list.pairs) {
        if (!pair.mated || !acquired.templates[pair.a] || !acquired.templates[pair.b]) continue;
        const SampleQuality& a = acquired.qualities[pair.a];
        const SampleQuality& b = acquired.qualities[pair.b];
        mated.push_back({static_cast<float>(Engine::similarity(*acquired.templates[pair.a],
                                                               *acquired.templates[pair.b])),
                         list.samples.subjects[pair.a], std::min(a.unified, b.unified),
                         std::min(a.face_size, b.face_size)});
    }
    return mated;
}

std::vector<double> curve(const std::vector<Mated>& mated, double threshold, const Weights& weights,
                          double Mated::* quality) {
    std::vector<RatedComparison> comparisons;
    comparisons.reserve(mated.size());
    for (const Mated& pair : mated)
        comparisons.push_back({pair.*quality, static_cast<double>(pair.similarity) < threshold,
                               weights[pair.subject]});
    return error_versus_discard(std::move(comparisons), shares);
}

Report points(const std::vector<Mated>& mated, double threshold, std::size_t subjects) {
    constexpr std::size_t replicates = 200;
    const Weights all(subjects, 1);
    const auto unified = curve(mated, threshold, all, &Mated::unified);
    const auto face_size = curve(mated, threshold, all, &Mated::face_size);
    const auto intervals = bootstrap(subjects, replicates, [&](const Weights& weights) {
        return curve(mated, threshold, weights, &Mated::unified);
    });
    Report points = Report::array();
    for (std::size_t i = 0; i < shares.size(); ++i)
        points.push_back({{"discarded", shares.at(i)},
                          {"unified", unified[i]},
                          {"interval", {intervals[i].low, intervals[i].high}},
                          {"face_size", face_size[i]},
                          {"chance", unified.front()}});
    return points;
}

/// How many of the pictures that have a template have which unified score.
Report histogram(const Acquired& acquired) {
    constexpr std::size_t bins = 50;
    constexpr double most = 100;
    std::vector<std::size_t> counts(bins);
    for (std::size_t i = 0; i < acquired.templates.size(); ++i)
        if (acquired.templates[i])
            ++counts[std::min(
                bins - 1, static_cast<std::size_t>(acquired.qualities[i].unified / most * bins))];
    return {{"pictures", counts}};
}

}  // namespace

Report quality_report(const PairList& list, const Acquired& acquired) {
    const auto last = std::ranges::max_element(list.samples.subjects);
    const ErrorRates rates(compare_all(list, acquired), std::size_t{*last} + 1);
    const std::vector<Mated> mated = mated_of(list, acquired);
    Report report{{"pictures", list.samples.paths.size()},
                  {"mated", rates.mated()},
                  {"non_mated", rates.non_mated()},
                  {"fta", to_json(acquired.failures_of(list.samples.subjects))},
                  {"fta_reasons", acquired.failures}};
    for (const double fmr : target_fmrs) {
        const auto at = rates.at_fmr(fmr);
        if (at)
            report["curves"].push_back(
                {{"fmr", fmr},
                 {"similarity", at->threshold},
                 {"points", points(mated, at->threshold, rates.subjects())}});
        else
            report["curves"].push_back(
                {{"fmr", fmr},
                 {"missing",
                  fmt::format("it takes {} non-mated comparisons and a mated one, there "
                              "are {} and {}",
                              std::llround(3 / fmr), rates.non_mated(), rates.mated())}});
    }
    report["unified_scores"] = histogram(acquired);
    return report;
}

}  // namespace faceward::evaluation
