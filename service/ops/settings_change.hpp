#pragma once

#include "service/ops/settings.hpp"

#include <string>
#include <vector>

namespace faceward::ops {

/// What a running program can take over of settings that have changed.
struct SettingsChange {
    Settings settings;                     ///< in force from now on
    std::vector<std::string> taken_over;   ///< "max_queue = 32"
    std::vector<std::string> needs_start;  ///< names of those that only a new start takes over
};

/// From the settings that are in force and those that are wanted, which hold together.
SettingsChange take_over(const Settings& in_force, const Settings& wanted);

}  // namespace faceward::ops
