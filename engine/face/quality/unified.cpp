#include "engine/face/quality/unified.hpp"

#include "engine/face/quality/placement.hpp"

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

int unified_score(const Quality& quality, std::optional<double> disagreement) {
    double score = 100;
    if (disagreement) score *= 1 - sigmoid(*disagreement, 0.1, 0.02);
    if (const auto& sharpness = quality[Component::sharpness])
        score *= sigmoid(sharpness->raw, 0.35, 0.05);
    for (const Component angle :
         {Component::head_pose_yaw, Component::head_pose_pitch, Component::head_pose_roll})
        if (const auto& pose = quality[angle])
            score *= std::max(0.0, std::cos(pose->raw * std::numbers::pi / 180));
    return static_cast<int>(std::lround(score));
}

}  // namespace faceward::face
