#include "evaluation/reports.hpp"
#include "evaluation/suspects.hpp"

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

Report reliability_json(std::span<const ReliabilityBin> bins) {
    Report json = Report::array();
    for (const ReliabilityBin& bin : bins)
        json.push_back({{"from", bin.low},
                        {"to", bin.high},
                        {"mean_probability", bin.mean_probability},
                        {"attacks", to_json(bin.attacks, bin.attacks.interval())}});
    return json;
}

Report suspects_json(std::span<const SuspectMedium> suspects) {
    constexpr std::size_t most = 100;
    Report json = Report::array();
    for (const SuspectMedium& suspect : suspects.first(std::min(most, suspects.size())))
        json.push_back({{"path", suspect.path},
                        {"labelled", suspect.instrument.empty() ? "bonafide" : suspect.instrument},
                        {"attack_probability", suspect.attack_probability}});
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

Report presentation_report(std::span<const JudgedMedium> judged, double threshold) {
    constexpr double fixed_bpcer = 0.05;
    const std::vector<PresentationOutcome> outcomes = outcomes_of(judged);
    Report report{{"media", outcomes.size()}, {"at_threshold", rates_json(outcomes, threshold)}};
    if (const auto at = threshold_at_bpcer(outcomes, fixed_bpcer))
        report["at_bpcer_0.05"] = rates_json(outcomes, *at);
    const PresentationRates rates = presentation_rates(outcomes, threshold);
    for (const auto& [instrument, rate] : rates.refused)
        report["refused"][instrument.empty() ? "bonafide" : instrument] = to_json(rate);
    report["refusal_reasons"] = rates.reasons;
    report["reliability"] = reliability_json(reliability(outcomes));
    report["reliability_of"] = report["det"] = Report::object();
    for (const auto& [instrument, cases] : rates.apcer) {
        if (cases.proportion().total == 0) continue;
        report["reliability_of"][instrument] = reliability_json(reliability(outcomes, instrument));
        for (const TradeOff& point : presentation_curve(outcomes, instrument))
            report["det"][instrument].push_back({{"bpcer", point.above}, {"apcer", point.below}});
    }
    report["histogram"] = histogram(outcomes);
    report["suspects"] = suspects_json(suspect_media(judged));
    return report;
}

}  // namespace faceward::evaluation
