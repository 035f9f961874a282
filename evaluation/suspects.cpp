#include "evaluation/suspects.hpp"

#include <algorithm>

namespace faceward::evaluation {

std::vector<SuspectPair> suspect_pairs(const PairList& list, const Acquired& acquired,
                                       const templates::Calibration& calibration) {
    constexpr double approved = 0.85;
    constexpr double declined = 0.5;
    std::vector<SuspectPair> suspects;
    for (const PairEntry& pair : list.pairs) {
        const auto& a = acquired.templates[pair.a];
        const auto& b = acquired.templates[pair.b];
        if (!a || !b) continue;
        const double score =
            templates::similarity_to_score(Engine::similarity(*a, *b), calibration);
        if (pair.mated ? score < declined : score >= approved)
            suspects.push_back(
                {list.samples.paths[pair.a], list.samples.paths[pair.b], pair.mated, score});
    }
    std::ranges::stable_sort(suspects, std::ranges::greater{}, [](const SuspectPair& pair) {
        return pair.mated ? 1 - pair.score : pair.score;
    });
    return suspects;
}

std::vector<SuspectMedium> suspect_media(std::span<const JudgedMedium> judged) {
    constexpr double surely_attack = 0.9;
    constexpr double surely_bona_fide = 0.1;
    std::vector<SuspectMedium> suspects;
    for (const auto& [shown, probability, of_networks, reason] : judged)
        if (probability && (shown.instrument.empty() ? *probability >= surely_attack
                                                     : *probability <= surely_bona_fide))
            suspects.push_back({shown.path, shown.instrument, *probability});
    std::ranges::stable_sort(suspects, std::ranges::greater{}, [](const SuspectMedium& medium) {
        return medium.instrument.empty() ? medium.attack_probability
                                         : 1 - medium.attack_probability;
    });
    return suspects;
}

}  // namespace faceward::evaluation
