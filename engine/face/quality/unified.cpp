#include "engine/face/quality/unified.hpp"

#include "engine/face/quality/placement.hpp"
#include "engine/face/quality/sharpness.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faceward::face {

double landmark_disagreement(const Landmarks& points, const Mesh& mesh) {
    const Landmarks others = five_points(mesh);
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
        sum += std::hypot(points[i].x - others[i].x, points[i].y - others[i].y);
    return sum / static_cast<double>(points.size()) / scale_of(points);
}

int unified_score(const Quality& quality, const Reading& reading) {
    double product = 1;
    if (reading.disagreement) product *= 1 - sigmoid(*reading.disagreement, 0.1, 0.02);
    if (reading.certainty) product *= std::pow(std::clamp(*reading.certainty, 0.0, 1.0), 16);
    if (const auto& sharpness = quality[Component::sharpness])
        product *= mapped_sharpness(sharpness->raw);
    for (const Component angle :
         {Component::head_pose_yaw, Component::head_pose_pitch, Component::head_pose_roll})
        if (const auto& pose = quality[angle])
            product *= std::max(0.0, std::cos(pose->raw * std::numbers::pi / 180));
    // The root changes no order: it leaves ordinary pictures in the upper half.
    return static_cast<int>(std::lround(100 * std::sqrt(product)));
}

}  // namespace faceward::face
