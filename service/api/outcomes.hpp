#pragma once

#include "engine/media/medium.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace faceward::api {

/// What came of a medium that was judged.
struct MediumOutcome {
    media::Kind kind;
    double attack_probability;
    bool passed;
};

/// What a request was answered, for those who watch the server: of whom it was says nothing.
struct Outcomes {
    /// Score, and decision or, where none was taken, an empty word.
    std::vector<std::pair<double, std::string_view>> comparisons;
    std::vector<MediumOutcome> media;
};

}  // namespace faceward::api
