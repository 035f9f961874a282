#include "engine/model/manifest_fields.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace faceward::model {
namespace {

bool is_digest(const std::string& text) {
    return text.size() == 64 && std::ranges::all_of(text, [](unsigned char c) {
               return std::isdigit(c) != 0 || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

std::string digest(TableReader& reader, std::string_view key, bool required) {
    std::string value = reader.text(key, required);
    if (!value.empty() && !is_digest(value))
        reader.problem(key, "must be 64 lower-case hexadecimal digits");
    return value;
}

std::string inner_file(TableReader& reader, std::string_view key, bool required) {
    std::string value = reader.text(key, required);
    const std::filesystem::path path(value);
    if (path.is_absolute() || std::ranges::find(path, "..") != path.end()) {
        reader.problem(key, "must lie inside the pack");
        return {};
    }
    return value;
}

void require_network(const Manifest& manifest, TableReader& reader, std::string_view key,
                     const std::string& id, Role role) {
    const NetworkEntry* network = manifest.network(id);
    if (!network)
        reader.problem(key, "names the network \"" + id + "\", which the pack does not have");
    else if (network->role != role)
        reader.problem(key, "names \"" + id + "\", which is no " + std::string(to_string(role)));
}

}  // namespace faceward::model
