#include "engine/face/quality/gates.hpp"

#include <algorithm>

namespace faceward::face {
namespace {

std::optional<std::string> complaint(std::string_view name, std::optional<int> score, int least) {
    if (least <= 0 || (score && *score >= least)) return std::nullopt;
    const std::string found = score ? "is " + std::to_string(*score) : "cannot be told";
    return "the quality measure " + std::string(name) + " " + found + ", at least " +
           std::to_string(least) + " is asked for";
}

}  // namespace

bool QualityGates::any() const {
    return unified_score > 0 || std::ranges::any_of(measures, [](int least) { return least > 0; });
}

std::optional<std::string> why_refused(const Quality& quality, const QualityGates& gates) {
    for (const Component component : components) {
        const auto& measure = quality[component];
        if (auto why = complaint(name_of(component),
                                 measure ? std::optional(measure->score) : std::nullopt,
                                 gates.measures.at(static_cast<std::size_t>(component))))
            return why;
    }
    return complaint("unified_score", quality.unified_score, gates.unified_score);
}

}  // namespace faceward::face
