#pragma once

#include "engine/model/manifest.hpp"
#include "engine/model/table_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What the parts of the manifest's reader share. Each notes what is wrong with the reader.
namespace faceward::model {

/// 64 lower-case hexadecimal digits.
std::string digest(TableReader& reader, std::string_view key, bool required);

/// A file of the pack: relative, and inside.
std::string inner_file(TableReader& reader, std::string_view key, bool required);

/// Checks that the pack has the network that a key names, in that role.
void require_network(const Manifest& manifest, TableReader& reader, std::string_view key,
                     const std::string& id, Role role);

/// The table [liveness]; networks must have been read.
LivenessEntry read_liveness(const toml::table& table, const Manifest& manifest,
                            std::vector<std::string>& problems);

}  // namespace faceward::model
