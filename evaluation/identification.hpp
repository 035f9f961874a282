#pragma once

#include "evaluation/statistics.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace faceward::evaluation {

/// What a search for one probe gave: the best reference of all, and the best of its own subject.
struct Search {
    std::uint32_t subject;
    float best;              ///< highest similarity to anybody in the gallery
    bool mated;              ///< the subject is in the gallery
    bool best_is_right;      ///< the best reference is the subject's
    float best_of_own = -1;  ///< highest similarity to the subject's own references
};

/// Error rates of open-set identification (ISO/IEC 19795-1).
struct IdentificationRates {
    Cases rank_one;  ///< mated probes whose best reference is of their subject
    double threshold = 0;
    Cases fpir;  ///< non-mated probes with any reference at or above the threshold
    Cases fnir;  ///< mated probes without a reference of theirs at or above it
};

/// The rates at the lowest threshold whose FPIR is at most `fpir`; the threshold is infinite when
/// no probe is non-mated.
IdentificationRates identification_rates(std::span<const Search> searches, double fpir);

/// The FPIR (`above`) and the FNIR (`below`) by similarity.
std::vector<TradeOff> identification_curve(std::span<const Search> searches);

/// Whether so many non-mated probes can tell a rate that low: three over it (the rule of three).
bool enough_for(double fpir, const IdentificationRates& rates);

}  // namespace faceward::evaluation
