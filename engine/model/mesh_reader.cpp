#include "engine/model/manifest_fields.hpp"

#include <algorithm>

namespace faceward::model {

std::vector<int> mesh_points(TableReader& reader, std::string_view key) {
    std::vector<int> points;
    for (const std::int64_t place :
         reader.list<std::int64_t>(key).value_or(std::vector<std::int64_t>{})) {
        if (place < 0 || place >= 10'000) reader.problem(key, "must hold places in 0…9999");
        points.push_back(static_cast<int>(std::clamp<std::int64_t>(place, 0, 9'999)));
    }
    if (points.empty()) reader.problem(key, "is missing");
    return points;
}

std::vector<std::string> blendshape_names(TableReader& reader, std::string_view key) {
    std::vector<std::string> names =
        reader.list<std::string>(key).value_or(std::vector<std::string>{});
    for (const std::string_view needed : {blink_left, blink_right, smile_left, smile_right})
        if (std::ranges::find(names, needed) == names.end())
            reader.problem(key, "must name " + std::string(needed));
    return names;
}

void check_mesh_networks(const Manifest& manifest, TableReader& reader) {
    for (const Role role : {Role::dense_landmarks, Role::blendshapes})
        if (std::ranges::count(manifest.networks, role, &NetworkEntry::role) > 1)
            reader.problem("network",
                           "has more than one in the role " + std::string(to_string(role)));
    const NetworkEntry* blendshapes = manifest.network(Role::blendshapes);
    if (blendshapes == nullptr || blendshapes->input.points.empty()) return;
    const NetworkEntry* mesh = manifest.network(Role::dense_landmarks);
    if (mesh == nullptr)
        reader.problem("network", "\"" + blendshapes->id + "\" needs one of dense_landmarks");
    else if (std::ranges::max(blendshapes->input.points) >= mesh->points)
        reader.problem("network", "\"" + blendshapes->id + "\" takes points that \"" + mesh->id +
                                      "\" does not have");
}

}  // namespace faceward::model
