#pragma once

#include "evaluation/statistics.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faceward::evaluation {

/// What was thought of a presentation.
struct PresentationOutcome {
    std::string instrument;                    ///< empty: bona fide
    std::optional<double> attack_probability;  ///< nothing: refused
    std::string reason;                        ///< of the refusal
    std::uint32_t subject = 0;                 ///< whose face is shown
};

/// Error rates of presentation attack detection at one threshold (ISO/IEC 30107-3). What is refused
/// counts in no rate but its own.
struct PresentationRates {
    Cases bpcer;
    std::map<std::string, Cases> apcer;    ///< for each attack instrument
    std::map<std::string, Cases> refused;  ///< for each instrument, "" being bona fide
    std::map<std::string, std::size_t> reasons;

    /// The instrument that passes most often; nothing without a judged attack.
    std::optional<std::pair<std::string, Cases>> worst() const;

    /// Mean of the worst APCER and the BPCER; nothing when either is missing.
    std::optional<double> acer() const;
};

/// A presentation is taken for an attack when its probability is higher than the threshold.
PresentationRates presentation_rates(std::span<const PresentationOutcome> outcomes,
                                     double threshold);

/// The lowest threshold at which at most that share of the judged bona fide presentations is taken
/// for attacks; nothing when none was judged.
std::optional<double> threshold_at_bpcer(std::span<const PresentationOutcome> outcomes,
                                         double bpcer);

/// The DET curve of an instrument: the BPCER (`above`) and its APCER (`below`).
std::vector<TradeOff> presentation_curve(std::span<const PresentationOutcome> outcomes,
                                         const std::string& instrument);

/// How often presentations that were given such probabilities were attacks.
struct ReliabilityBin {
    double low = 0;
    double high = 1;
    double mean_probability = 0;
    Proportion attacks;
};

/// Ten bins of equal width (reliability diagram: DeGroot and Fienberg, 1983) of the bona fide
/// presentations and one instrument's, or all attacks' without one.
std::vector<ReliabilityBin> reliability(std::span<const PresentationOutcome> outcomes,
                                        const std::optional<std::string>& instrument = {});

}  // namespace faceward::evaluation
