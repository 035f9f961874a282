#pragma once

#include "engine/model/manifest.hpp"
#include "engine/result.hpp"

#include <filesystem>
#include <string>

namespace faceward::model {

/// Copies a pack to a folder that does not exist yet, with another calibration of one profile.
/// Templates made by either compare with those of the other: only what their scores mean differs.
/// The copy's version ends in "+calibrated". Fails with `pack_invalid`.
Result<void> copy_calibrated(const std::filesystem::path& pack, const std::filesystem::path& copy,
                             const std::string& profile, const CalibrationEntry& calibration);

/// Copies a pack likewise, with the attack logits of the standard or the thorough effort scaled and
/// then shifted. Fails with `pack_invalid`.
Result<void> copy_rescaled(const std::filesystem::path& pack, const std::filesystem::path& copy,
                           bool thorough, double scale, double shift, const std::string& fitted_on);

}  // namespace faceward::model
