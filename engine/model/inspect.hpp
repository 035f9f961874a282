#pragma once

#include "engine/model/manifest.hpp"
#include "engine/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace faceward::model {

/// What a folder holds as a model pack, and everything that is wrong with it.
struct Inspection {
    Manifest manifest;                  ///< as far as it could be read
    std::vector<std::string> problems;  ///< plain sentences; empty when the pack holds
};

/// Reads `folder/manifest.toml`, checks every entry, and every file against its digest. Runs no
/// network.
Inspection inspect(const std::filesystem::path& folder);

/// Reads the text of a manifest; file digests are not looked at.
Inspection read_manifest(const std::string& text);

/// A pack whose every entry and digest holds.
struct Pack {
    std::filesystem::path folder;
    Manifest manifest;
};

/// Like `inspect`, but any problem is the error `pack_invalid` that names all of them.
Result<Pack> open_pack(const std::filesystem::path& folder);

}  // namespace faceward::model
