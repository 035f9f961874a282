#pragma once

#include "service/ops/environment.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace faceward::ops {

/// The folder for what can be made again: FACEWARD_CACHE, else `faceward` in the user's cache
/// folder by the XDG Base Directory Specification ($XDG_CACHE_HOME if absolute, else $HOME/.cache).
/// Empty when none of these is set.
std::filesystem::path cache_folder(const Environment& environment);

/// The folder that the setting `compiled_cache` means: empty for "off" (and for "auto" where there
/// is no cache folder), `compiled` in the cache folder for "auto", the setting itself otherwise.
std::filesystem::path compiled_cache_folder(std::string_view setting,
                                            const Environment& environment);

/// The folder that the setting `models` means: the setting itself, or where it is empty the default
/// pack that ./run or ./test built last (empty where there is no cache folder).
std::filesystem::path models_folder(std::string_view setting, const Environment& environment);

/// Makes the folder where it is not there, and tries to write a file in it. Nothing if that works,
/// else why it does not.
std::optional<std::string> why_unwritable(const std::filesystem::path& folder);

}  // namespace faceward::ops
