#pragma once

#include "engine/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::app {

/// A file's bytes; nothing when it cannot be read.
std::optional<std::vector<std::uint8_t>> read_file(const std::filesystem::path& file);

/// Writes bytes to a file; false when that fails.
bool write_file(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes);

/// What a fault means, for a person at a terminal.
std::string_view meaning(Fault fault);

/// The same with the error's own reason.
std::string describe(const Error& error);

}  // namespace faceward::app
