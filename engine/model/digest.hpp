#pragma once

#include "engine/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace faceward::model {

/// A SHA-256 digest (FIPS 180-4).
using Digest = std::array<std::uint8_t, 32>;

/// The digest of some bytes.
Digest sha256(std::string_view bytes);

/// The digest of a file's content. Fails with `pack_invalid` when the file cannot be read.
Result<Digest> sha256_of_file(const std::filesystem::path& file);

/// 64 lower-case hexadecimal digits.
std::string to_hex(const Digest& digest);

}  // namespace faceward::model
