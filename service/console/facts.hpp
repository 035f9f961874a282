#pragma once

#include "engine/model/manifest.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::console {

/// What is loaded, once it is.
struct Loaded {
    std::vector<model::NetworkEntry> networks;  ///< in the order of their work
    model::Profile profile;
};

/// From which score on a measure of quality needs no advice.
struct AdviceLimit {
    std::string_view measure;  ///< as the API names it
    int below = 0;             ///< 0…100; there is advice below it
};

/// What the console tells of the server and the API does not.
struct Facts {
    std::string version;    ///< of this program
    std::string inference;  ///< the inference engine and its version
    double approve_threshold = 0;
    double decline_threshold = 0;
    double liveness_threshold = 0;
    std::size_t max_body_bytes = 0;
    std::int64_t max_pixels = 0;
    std::int64_t max_video_seconds = 0;
    std::vector<AdviceLimit> advice;
    std::optional<Loaded> loaded;
};

/// {"version", "inference", "thresholds": {"approve", "decline", "liveness"}, "limits":
/// {"max_body_bytes", "max_pixels", "max_video_seconds"}, "advice_below": {measure: score},
/// "profile", "networks": [{"name", "version", "role", "licence", "origin", "training_data"}],
/// "calibration": {"fitted_on", "rates":
/// [{"score", "fmr", "fnmr", "set"}]}}; the last three are null until the models are loaded.
std::string facts_json(const Facts& facts);

}  // namespace faceward::console
