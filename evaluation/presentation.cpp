#include "evaluation/presentation.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::evaluation {

std::optional<std::pair<std::string, Cases>> PresentationRates::worst() const {
    std::optional<std::pair<std::string, Cases>> worst;
    for (const auto& [instrument, cases] : apcer) {
        const Proportion passed = cases.proportion();
        if (passed.total > 0 && (!worst || passed.rate() > worst->second.proportion().rate()))
            worst = {instrument, cases};
    }
    return worst;
}

std::optional<double> PresentationRates::acer() const {
    const auto most = worst();
    if (!most || bpcer.proportion().total == 0) return std::nullopt;
    return (most->second.proportion().rate() + bpcer.proportion().rate()) / 2;
}

PresentationRates presentation_rates(std::span<const PresentationOutcome> outcomes,
                                     double threshold) {
    PresentationRates rates;
    for (const PresentationOutcome& outcome : outcomes) {
        const bool bona_fide = outcome.instrument.empty();
        Cases& errors = bona_fide ? rates.bpcer : rates.apcer[outcome.instrument];
        const bool judged = outcome.attack_probability.has_value();
        rates.refused[outcome.instrument].add(outcome.subject, !judged);
        if (judged)
            errors.add(outcome.subject, (*outcome.attack_probability > threshold) == bona_fide);
        else
            ++rates.reasons[outcome.reason];
    }
    return rates;
}

std::optional<double> threshold_at_bpcer(std::span<const PresentationOutcome> outcomes,
                                         double bpcer) {
    std::vector<double> bona_fide;
    for (const PresentationOutcome& outcome : outcomes)
        if (outcome.instrument.empty() && outcome.attack_probability)
            bona_fide.push_back(*outcome.attack_probability);
    if (bona_fide.empty()) return std::nullopt;
    std::ranges::sort(bona_fide, std::ranges::greater{});
    const auto allowed =
        static_cast<std::size_t>(std::floor(bpcer * static_cast<double>(bona_fide.size())));
    return bona_fide[std::min(allowed, bona_fide.size() - 1)];
}

std::vector<TradeOff> presentation_curve(std::span<const PresentationOutcome> outcomes,
                                         const std::string& instrument) {
    std::vector<double> bona_fide;
    std::vector<double> attacks;
    for (const PresentationOutcome& outcome : outcomes) {
        if (!outcome.attack_probability) continue;
        if (outcome.instrument.empty()) bona_fide.push_back(*outcome.attack_probability);
        if (outcome.instrument == instrument) attacks.push_back(*outcome.attack_probability);
    }
    return trade_off(std::move(bona_fide), std::move(attacks));
}

std::vector<ReliabilityBin> reliability(std::span<const PresentationOutcome> outcomes,
                                        const std::optional<std::string>& instrument) {
    constexpr int count = 10;
    std::vector<ReliabilityBin> bins(count);
    for (int i = 0; i < count; ++i)
        bins[static_cast<std::size_t>(i)] = {i / double{count}, (i + 1) / double{count}, 0, {}};
    for (const PresentationOutcome& outcome : outcomes) {
        const bool bona_fide = outcome.instrument.empty();
        const bool wanted = bona_fide || !instrument || outcome.instrument == *instrument;
        if (!outcome.attack_probability || !wanted) continue;
        const auto place = static_cast<int>(*outcome.attack_probability * count);
        ReliabilityBin& bin = bins[static_cast<std::size_t>(std::clamp(place, 0, count - 1))];
        bin.mean_probability += *outcome.attack_probability;
        ++bin.attacks.total;
        bin.attacks.count += !bona_fide;
    }
    for (ReliabilityBin& bin : bins)
        if (bin.attacks.total > 0) bin.mean_probability /= static_cast<double>(bin.attacks.total);
    return bins;
}

}  // namespace faceward::evaluation
