#include "engine/face/quality/component.hpp"

namespace faceward::face {
namespace {

struct Row {
    std::string_view name;
    std::string_view unit;
};

constexpr std::array<Row, component_count> rows{{
    {"inter_eye_distance", "px"},
    {"head_pose_yaw", "degree"},
    {"head_pose_pitch", "degree"},
    {"head_pose_roll", "degree"},
    {"sharpness", "ratio"},
    {"under_exposure_prevention", "ratio"},
    {"over_exposure_prevention", "ratio"},
    {"dynamic_range", "bit"},
    {"illumination_uniformity", "ratio"},
    {"crop_of_the_face_image", "ratio"},
    {"background_uniformity", "level/px"},
    {"eyes_open", "ratio"},
    {"mouth_closed", "ratio"},
    {"single_face_present", "ratio"},
    {"no_compression_artefacts", "level"},
}};

const Row& row_of(Component component) { return rows.at(static_cast<std::size_t>(component)); }

}  // namespace

std::string_view name_of(Component component) { return row_of(component).name; }

std::string_view unit_of(Component component) { return row_of(component).unit; }

}  // namespace faceward::face
