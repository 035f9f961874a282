#pragma once

#include "engine/face/quality/quality.hpp"

#include <array>
#include <optional>
#include <string>

namespace faceward::face {

/// The least scores, 0…100, at which a template is made of a face; 0 asks for nothing.
struct QualityGates {
    int unified_score = 0;
    std::array<int, component_count> measures{};

    /// Whether anything is asked for: if not, quality need not be measured.
    bool any() const;
};

/// The first measure that is below what is asked for, in a plain clause; nothing when all pass. A
/// measure that cannot be taken does not pass.
std::optional<std::string> why_refused(const Quality& quality, const QualityGates& gates);

}  // namespace faceward::face
