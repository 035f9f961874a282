#include "engine/face/quality/assess.hpp"

#include "engine/face/mesh/head_pose.hpp"
#include "engine/face/quality/background.hpp"
#include "engine/face/quality/compression.hpp"
#include "engine/face/quality/light.hpp"
#include "engine/face/quality/placement.hpp"
#include "engine/face/quality/sharpness.hpp"
#include "engine/face/quality/unified.hpp"

#include <algorithm>
#include <optional>

namespace faceward::face {
namespace {

void add_pose(Quality& quality, const HeadPose& pose) {
    quality[Component::head_pose_yaw] = measure_angle(pose.yaw);
    quality[Component::head_pose_pitch] = measure_angle(pose.pitch);
    quality[Component::head_pose_roll] = measure_angle(pose.roll);
}

void add_light(Quality& quality, const Light& light) {
    quality[Component::under_exposure_prevention] = light.under_exposure_prevention;
    quality[Component::over_exposure_prevention] = light.over_exposure_prevention;
    quality[Component::dynamic_range] = light.dynamic_range;
    quality[Component::illumination_uniformity] = light.illumination_uniformity;
}

/// How far the eyes are open, by the one that is less so; of a face turned aside, the nearer eye
/// alone counts.
Measure measure_eyes_open(const Blendshapes& blendshapes, float yaw) {
    constexpr float aside = 30;  // degrees
    const float left = blendshapes.coefficient(model::blink_left);
    const float right = blendshapes.coefficient(model::blink_right);
    float shut = std::max(left, right);
    if (yaw > aside) shut = right;
    if (yaw < -aside) shut = left;
    const double raw = 1 - shut;
    return measured(raw, 100 * sigmoid(raw, 0.6, 0.05));
}

Measure measure_mouth_closed(const Mesh& mesh) {
    const double raw = mouth_opening(mesh);
    return measured(raw, 100 * (1 - sigmoid(raw, 0.2, 0.06)));
}

}  // namespace

Result<Quality> assess_quality(image::PictureView picture, const Subject& subject,
                               const QualityTools& tools) {
    const Face& face = subject.face;
    Quality quality;
    float yaw = 0;
    Reading reading;
    if (tools.clear_score) reading.certainty = face.score / *tools.clear_score;
    if (tools.landmarks != nullptr) {
        const auto mesh = tools.landmarks->find(picture, face);
        if (!mesh) return tl::make_unexpected(mesh.error());
        const HeadPose pose = head_pose(*mesh);
        yaw = pose.yaw;
        add_pose(quality, pose);
        quality[Component::mouth_closed] = measure_mouth_closed(*mesh);
        reading.disagreement = landmark_disagreement(face.points, *mesh);
        if (tools.blendshapes != nullptr) {
            if (const auto looked = tools.blendshapes->look(*mesh); !looked)
                return tl::make_unexpected(looked.error());
            quality[Component::eyes_open] = measure_eyes_open(*tools.blendshapes, yaw);
        }
    }
    quality[Component::inter_eye_distance] = measure_inter_eye_distance(face.points, yaw);
    quality[Component::sharpness] = measure_sharpness(subject.aligned);
    add_light(quality, measure_light(subject.aligned));
    quality[Component::crop_of_the_face_image] = measure_crop(face.points, picture.size);
    quality[Component::background_uniformity] = measure_background(picture, face);
    quality[Component::single_face_present] =
        measure_single_face(std::min(1.0F, subject.next_size / std::max(1.0F, size_of(face))));
    quality[Component::no_compression_artefacts] = measure_compression(picture, face);
    quality.unified_score = unified_score(quality, reading);
    return quality;
}

}  // namespace faceward::face
