#include "evaluation/reports.hpp"

#include <algorithm>
#include <array>

namespace faceward::evaluation {
namespace {

Report rates_json(std::span<const PresentationOutcome> outcomes, double threshold) {
    const PresentationRates rates = presentation_rates(outcomes, threshold);
    Report json{{"threshold", threshold}, {"bpcer", to_json(rates.bpcer)}};
    json["apcer"] = Report::object();
    for (const auto& [instrument, rate] : rates.apcer) json["apcer"][instrument] = to_json(rate);
    if (const auto worst = rates.worst())
        json["worst"] = {{"instrument", worst->first}, {"apcer", to_json(worst->second)}};
    if (const auto acer = rates.acer()) json["acer"] = *acer;
    return json;
}

Report histogram(std::span<const PresentationOutcome> outcomes) {
    constexpr std::size_t bins = 25;
    std::array<std::vector<std::size_t>, 2> counts{std::vector<std::size_t>(bins),
                                                   std::vector<std::size_t>(bins)};
    for (const PresentationOutcome& outcome : outcomes)
        if (outcome.attack_probability)
            ++counts[outcome.instrument.empty() ? 0 : 1][std::min(
                bins - 1, static_cast<std::size_t>(*outcome.attack_probability * bins))];
    return {{"bona_fide", counts[0]}, {"attack", counts[1]}};
}

}  // namespace

Report presentation_report(std::span<const PresentationOutcome> outcomes, double threshold) {
    constexpr double fixed_bpcer = 0.05;
    Report report{{"media", outcomes.size()}, {"at_threshold", rates_json(outcomes, threshold)}};
    if (const auto at = threshold_at_bpcer(outcomes, fixed_bpcer))
        report["at_bpcer_0.05"] = rates_json(outcomes, *at);
    const PresentationRates rates = presentation_rates(outcomes, threshold);
    for (const auto& [instrument, rate] : rates.refused)
        report["refused"][instrument.empty() ? "bonafide" : instrument] = to_json(rate);
    report["refusal_reasons"] = rates.reasons;
    for (const ReliabilityBin& bin : reliability(outcomes))
        report["reliability"].push_back({{"from", bin.low},
                                         {"to", bin.high},
                                         {"mean_probability", bin.mean_probability},
                                         {"attacks", to_json(bin.attacks)}});
    report["histogram"] = histogram(outcomes);
    return report;
}

}  // namespace faceward::evaluation
