#pragma once

#include "service/ops/allowed.hpp"

#include <tl/expected.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace faceward::ops {

/// One `name = value` of a settings file.
struct FileEntry {
    std::string name;
    std::optional<Value>
        value;  ///< nothing: of a type that no setting has (date, table, list of other than text)
    std::string shown;   ///< as TOML, for messages
    std::uint32_t line;  ///< from 1
};

struct Setting;

/// "name = value" as TOML, or a comment instead of a secret.
std::string assignment(const Setting& setting, const Value& value);

/// The entries of a TOML file. The error names the file and, for bad TOML, the line.
tl::expected<std::vector<FileEntry>, std::string> read_toml(const std::filesystem::path& file);

}  // namespace faceward::ops
