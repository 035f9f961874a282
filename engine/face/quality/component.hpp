#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace faceward::face {

/// Components of a face image's quality, by the names of ISO/IEC 29794-5:2025. What each measures
/// and how it is mapped stands in docs/quality.md.
enum class Component : std::uint8_t {
    inter_eye_distance,
    head_pose_yaw,
    head_pose_pitch,
    head_pose_roll,
    sharpness,
    under_exposure_prevention,
    over_exposure_prevention,
    dynamic_range,
    illumination_uniformity,
    crop_of_the_face_image,
    background_uniformity,
    eyes_open,
    mouth_closed,
    single_face_present,
    no_compression_artefacts,
};

inline constexpr std::size_t component_count = 15;

/// All of them, in the order in which they are listed everywhere.
inline constexpr std::array<Component, component_count> components = [] {
    std::array<Component, component_count> all{};
    for (std::size_t i = 0; i < component_count; ++i) all.at(i) = static_cast<Component>(i);
    return all;
}();

/// The enumerator's own word: in JSON, in messages and in the names of settings.
std::string_view name_of(Component component);

/// The unit of its raw value.
std::string_view unit_of(Component component);

}  // namespace faceward::face
