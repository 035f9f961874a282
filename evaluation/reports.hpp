#pragma once

#include "engine/engine.hpp"
#include "evaluation/identification.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/presentation.hpp"
#include "evaluation/templates_of.hpp"
#include "evaluation/verification.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace faceward::evaluation {

using Report = nlohmann::ordered_json;

/// The comparisons of a list whose pictures both have templates.
std::vector<Comparison> compare_all(const PairList& list, const Acquired& acquired);

/// What a verification found, by ISO/IEC 19795-1: counts, failures to acquire, EER, TAR at fixed
/// FMRs where the counts allow it, FMR and FNMR at scores, k-fold accuracy, DET curve, histograms
/// of scores, all with intervals, and the pairs whose labels look wrong.
Report verification_report(const Engine& engine, const PairList& list, const Acquired& acquired);

/// What an identification found: rank-one rate, FNIR at an FPIR of 1e-2.
Report identification_report(const Engine& engine, const SearchList& list,
                             const Acquired& acquired);

/// What a presentation attack detection found, by ISO/IEC 30107-3: APCER of each instrument, BPCER,
/// ACER at `threshold` and at a BPCER of 5 %, refusals with reasons, reliability, histograms.
Report presentation_report(std::span<const PresentationOutcome> outcomes, double threshold);

/// A proportion with its interval.
Report to_json(const Proportion& proportion);

}  // namespace faceward::evaluation
