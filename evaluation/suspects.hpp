#pragma once

#include "engine/template/score.hpp"
#include "evaluation/judgements.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/templates_of.hpp"

#include <span>
#include <string>
#include <vector>

namespace faceward::evaluation {

/// A pair whose label contradicts its score: mated below 0.5, or non-mated from 0.85 on.
struct SuspectPair {
    std::string a;
    std::string b;
    bool mated;  ///< as it is labelled
    double score;
};

/// The most suspicious first.
std::vector<SuspectPair> suspect_pairs(const PairList& list, const Acquired& acquired,
                                       const templates::Calibration& calibration);

/// A medium whose label contradicts what was thought of it: bona fide with an attack probability of
/// 0.9 or more, or an attack with one of 0.1 or less.
struct SuspectMedium {
    std::string path;
    std::string instrument;  ///< as it is labelled; empty: bona fide
    double attack_probability;
};

/// The most suspicious first.
std::vector<SuspectMedium> suspect_media(std::span<const JudgedMedium> judged);

}  // namespace faceward::evaluation
