#pragma once

#include "engine/engine.hpp"
#include "evaluation/identification.hpp"
#include "evaluation/judgements.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/presentation.hpp"
#include "evaluation/templates_of.hpp"
#include "evaluation/verification.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <vector>

namespace faceward::evaluation {

using Report = nlohmann::ordered_json;

/// The scores whose error rates are reported.
inline constexpr std::array reported_scores{0.05, 0.1, 0.2,  0.3, 0.4,  0.5, 0.6,
                                            0.7,  0.8, 0.85, 0.9, 0.95, 0.99};

/// The comparisons of a list whose pictures both have templates.
std::vector<Comparison> compare_all(const PairList& list, const Acquired& acquired);

/// What a verification found, by ISO/IEC 19795-1: counts, failures to acquire, EER, TAR at fixed
/// FMRs where the counts allow it, FMR and FNMR at scores, k-fold accuracy, DET curve, histograms
/// of scores, all with intervals, and the pairs whose labels look wrong.
Report verification_report(const Engine& engine, const PairList& list, const Acquired& acquired);

/// How well quality foretells errors: the FNMR at fixed FMRs (over all non-mated comparisons) of
/// the mated comparisons that are left when the worst are not counted, by the unified score, by the
/// size of the face and by chance. Takes what `acquire_with_quality` found.
Report quality_report(const PairList& list, const Acquired& acquired);

/// What an identification found: rank-one rate, FNIR at an FPIR of 1e-2.
Report identification_report(const Engine& engine, const SearchList& list,
                             const Acquired& acquired);

/// What a presentation attack detection found, by ISO/IEC 30107-3: APCER of each instrument, BPCER,
/// ACER at `threshold` and at a BPCER of 5 %, refusals with reasons, reliability, histograms, and
/// the media whose labels look wrong.
Report presentation_report(std::span<const JudgedMedium> judged, double threshold);

/// The proportion of cases that count, with the interval.
Report to_json(const Proportion& proportion, const Interval& interval);
Report to_json(const Cases& cases);

}  // namespace faceward::evaluation
