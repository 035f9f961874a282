#include "engine/liveness/judgeability.hpp"

#include "engine/liveness/attack_detector.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::liveness {
namespace {

float distance(image::Point a, image::Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

image::Point middle(image::Point a, image::Point b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

/// Whether a landmark lies outside the picture, or hardly any of the chin or forehead inside.
bool is_cut_off(const face::Face& face, image::Size picture) {
    constexpr float most_outside = 0.15F;  // of the box, on any one side
    const auto width = static_cast<float>(picture.width);
    const auto height = static_cast<float>(picture.height);
    const auto outside = [&](image::Point p) {
        return p.x < 0 || p.y < 0 || p.x > width - 1 || p.y > height - 1;
    };
    const float x = most_outside * face.box.width();
    const float y = most_outside * face.box.height();
    return std::ranges::any_of(face.points, outside) || face.box.x1 < -x || face.box.y1 < -y ||
           face.box.x2 > width + x || face.box.y2 > height + y;
}

}  // namespace

float eye_distance(const face::Landmarks& points) {
    // On an upright frontal face the eyes are about as far from each other as from the mouth.
    return std::max(distance(points[0], points[1]),
                    distance(middle(points[0], points[1]), middle(points[3], points[4])));
}

std::optional<std::string> why_not_judgeable(const face::Face& face, image::Size picture,
                                             const JudgeabilityRule& rule) {
    if (is_cut_off(face, picture)) return "the face is cut off by the edge of the picture";
    if (eye_distance(face.points) < rule.min_eye_distance)
        return "the face is too small: come closer to the camera, or send a larger picture";
    if (context_of(reference_box(face.box), picture) < rule.min_context)
        return "there is too little of the scene around the face: move away from the camera, or "
               "send the picture uncropped";
    if (face.score < rule.min_detector_score)
        return "the face is not clear enough: covered, blurred, badly lit or turned away";
    return std::nullopt;
}

}  // namespace faceward::liveness
