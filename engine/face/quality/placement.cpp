#include "engine/face/quality/placement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace faceward::face {
namespace {

float distance(image::Point a, image::Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

image::Point middle(image::Point a, image::Point b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

double cosine(float degrees) {
    return std::cos(static_cast<double>(degrees) * std::numbers::pi / 180);
}

}  // namespace

float scale_of(const Landmarks& points) {
    // From eyes to mouth a frontal face measures as much as between the eyes, within a twentieth.
    constexpr float eyes_to_mouth = 0.95F;
    return std::max(
        {1.0F, distance(points[0], points[1]),
         eyes_to_mouth * distance(middle(points[0], points[1]), middle(points[3], points[4]))});
}

Measure measure_inter_eye_distance(const Landmarks& points, float yaw) {
    constexpr double least_cosine = 0.5;
    const double raw = distance(points[0], points[1]) / std::max(least_cosine, cosine(yaw));
    return measured(raw, 100 * sigmoid(raw, 70, 20));
}

Measure measure_crop(const Landmarks& points, image::Size picture) {
    // Eyes to chin over the face's scale: 1.72 in the median of frontal faces.
    constexpr double chin = 1.72;
    const double scale = scale_of(points);
    const double last_column = picture.width - 1;
    const double last_row = picture.height - 1;
    const image::Point eyes = middle(points[0], points[1]);
    const double left = std::min(points[0].x, points[1].x);
    const double right = std::max(points[0].x, points[1].x);
    struct Edge {
        double distance;
        double wanted;
    };
    const std::array<Edge, 4> edges{{{left / scale, 0.9},
                                     {(last_column - right) / scale, 0.9},
                                     {eyes.y / (chin * scale), 1.4},
                                     {(last_row - eyes.y) / (chin * scale), 1.8}}};
    const auto score = [](const Edge& edge) { return sigmoid(edge.distance, edge.wanted, 0.1); };
    const Edge& worst = *std::ranges::min_element(edges, {}, score);
    return measured(worst.distance / worst.wanted, 100 * score(worst));
}

Measure measure_single_face(float ratio) { return measured(ratio, 100 * (1 - ratio)); }

Measure measure_angle(float degrees) {
    const double cos = std::max(0.0, cosine(degrees));
    return measured(degrees, 100 * cos * cos);
}

}  // namespace faceward::face
