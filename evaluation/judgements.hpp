#pragma once

#include "engine/engine.hpp"
#include "evaluation/journal.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/presentation.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faceward::evaluation {

/// What was thought of a medium; probabilities are missing where it was refused.
struct JudgedMedium {
    Presentation shown;
    std::optional<double> attack_probability;    ///< of everything that was seen
    std::optional<double> networks_probability;  ///< without the stillness of the face
    std::string reason;                          ///< of the refusal
};

/// Judges the media of a list, or takes what was thought of them from the journal.
std::vector<JudgedMedium> judge_all(Engine& engine, const std::vector<Presentation>& presentations,
                                    const std::filesystem::path& base, Journal& journal,
                                    const Progress& progress);

/// The same for rates.
std::vector<PresentationOutcome> outcomes_of(std::span<const JudgedMedium> judged);

}  // namespace faceward::evaluation
