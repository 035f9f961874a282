#include "engine/model/manifest.hpp"

#include <algorithm>
#include <cstdint>
#include <sstream>

namespace faceward::model {
namespace {

std::uint8_t pattern_byte(std::size_t k) {
    return static_cast<std::uint8_t>((static_cast<std::uint32_t>(k) * 2654435761U) >> 24U);
}

void describe(std::ostream& text, const NetworkEntry& network) {
    text << network.sha256 << ' ' << network.weights_sha256 << ' '
         << (network.input.layout == Layout::nchw ? "nchw" : "nhwc") << ' '
         << (network.input.colour == Colour::bgr ? "bgr" : "rgb");
    for (const float value : network.input.mean) text << ' ' << value;
    for (const float value : network.input.std) text << ' ' << value;
    if (!network.output.empty()) text << ' ' << network.output;
    text << '\n';
}

}  // namespace

std::string_view to_string(Role role) {
    switch (role) {
        case Role::detector:
            return "detector";
        case Role::embedder:
            return "embedder";
        case Role::attack_detector:
            return "attack_detector";
        case Role::dense_landmarks:
            return "dense_landmarks";
        case Role::blendshapes:
            break;
    }
    return "blendshapes";
}

const NetworkEntry* Manifest::network(const std::string& id) const {
    const auto found =
        std::ranges::find_if(networks, [&](const NetworkEntry& entry) { return entry.id == id; });
    return found == networks.end() ? nullptr : &*found;
}

const NetworkEntry* Manifest::network(Role role) const {
    const auto found = std::ranges::find(networks, role, &NetworkEntry::role);
    return found == networks.end() ? nullptr : &*found;
}

Digest template_identity(const Manifest& manifest, const Profile& profile) {
    std::ostringstream text;
    text << "landmarks\n";
    describe(text, *manifest.network(profile.detector));
    for (const RefinerEntry& refiner : profile.refiners)
        describe(text, *manifest.network(refiner.network));
    text << "embedders\n";
    for (const std::string& id : profile.embedders) describe(text, *manifest.network(id));
    if (profile.mirrored) text << "mirrored\n";
    return sha256(text.str());
}

std::string maker_label(const Manifest& manifest, const Profile& profile) {
    return manifest.name + "/" + profile.name + " " + manifest.version;
}

image::Picture check_pattern(image::Size size) {
    image::Picture picture(size);
    for (std::size_t k = 0; k < picture.bytes(); ++k) picture.data()[k] = pattern_byte(k);
    return picture;
}

std::vector<float> check_points(std::size_t points) {
    std::vector<float> values(2 * points);
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = pattern_byte(k);
    return values;
}

}  // namespace faceward::model
