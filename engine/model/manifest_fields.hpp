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

/// The places of a mesh's points that a network takes.
std::vector<int> mesh_points(TableReader& reader, std::string_view key);

/// The names of a network's coefficients by ARKit's words; the blinks of both eyes are among them.
std::vector<std::string> blendshape_names(TableReader& reader, std::string_view key);

/// Checks that there is at most one network of dense landmarks and one of blendshapes, and that the
/// first has the points that the second takes.
void check_mesh_networks(const Manifest& manifest, TableReader& reader);

/// The table [liveness]; networks must have been read.
LivenessEntry read_liveness(const toml::table& table, const Manifest& manifest,
                            std::vector<std::string>& problems);

}  // namespace faceward::model
