#include "engine/liveness/dense_landmarks.hpp"

#include "engine/image/transform.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace faceward::liveness {
namespace {

/// How much larger than the face the network's crop is.
constexpr float crop_factor = 1.5F;

/// Pixels from which on the points of a face are the same within noise wherever exactly it is
/// looked for; those of smaller faces are steadier after a second look, and stillness rests on
/// them.
constexpr float sharp_size = 200;

float distance(const MeshPoint& a, const MeshPoint& b) { return std::hypot(b.x - a.x, b.y - a.y); }

float opening(const Mesh& points, std::size_t upper, std::size_t lower, std::size_t outer,
              std::size_t inner) {
    const float width = distance(points[outer], points[inner]);
    return width > 0 ? distance(points[upper], points[lower]) / width : 0;
}

/// The mesh's extent without the irises.
image::Box extent(const Mesh& points) {
    const auto face = std::span(points).first(std::min(points.size(), mesh::face_points));
    const auto [left, right] = std::ranges::minmax_element(face, {}, &MeshPoint::x);
    const auto [top, bottom] = std::ranges::minmax_element(face, {}, &MeshPoint::y);
    return {left->x, top->y, right->x, bottom->y};
}

}  // namespace

Result<Mesh> DenseLandmarks::find_in(image::PictureView picture, image::Point centre, float side,
                                     float angle) {
    const image::Size input = session_.input_size();
    const double scale = input.width / static_cast<double>(side);
    const double c = std::cos(angle) * scale;
    const double s = std::sin(angle) * scale;
    const double half = input.width / 2.0;
    const image::Affine to_crop{c,  s, half - c * centre.x - s * centre.y,
                                -s, c, half + s * centre.x - c * centre.y};
    const image::Picture crop = image::warp(picture, to_crop, input);
    const auto outputs = session_.run(crop.view());
    if (!outputs) return tl::make_unexpected(outputs.error());
    const std::span<const float> values = outputs->front().values;

    const double back = 1 / (scale * scale);
    Mesh points(values.size() / 3);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double u = static_cast<double>(values[3 * i]) - half;
        const double v = static_cast<double>(values[3 * i + 1]) - half;
        points[i] = {static_cast<float>(centre.x + (c * u - s * v) * back),
                     static_cast<float>(centre.y + (s * u + c * v) * back),
                     static_cast<float>(values[3 * i + 2] / scale)};
    }
    return points;
}

Result<Mesh> DenseLandmarks::find(image::PictureView picture, const face::Face& face) {
    const auto& eyes = face.points;
    const float angle = std::atan2(eyes[1].y - eyes[0].y, eyes[1].x - eyes[0].x);
    const image::Point middle = face.box.centre();
    const float size = std::max(face.box.width(), face.box.height());
    if (in_box_ && size >= sharp_size)
        return find_in(picture, {middle.x + in_box_->x * size, middle.y + in_box_->y * size},
                       in_box_->side * size, angle);

    auto first = find_in(picture, middle, crop_factor * size, angle);
    if (!first) return first;
    const image::Box box = extent(*first);
    const MeshPoint& left = (*first)[mesh::left_outer];
    const MeshPoint& right = (*first)[mesh::right_outer];
    const float side = crop_factor * std::max(box.width(), box.height());
    if (!(side > 1)) return first;
    const image::Point centre = box.centre();
    in_box_ = {(centre.x - middle.x) / size, (centre.y - middle.y) / size, side / size};
    return find_in(picture, centre, side, std::atan2(right.y - left.y, right.x - left.x));
}

float eye_aspect_ratio(const Mesh& points) {
    return (opening(points, mesh::left_upper, mesh::left_lower, mesh::left_outer,
                    mesh::left_inner) +
            opening(points, mesh::right_upper, mesh::right_lower, mesh::right_outer,
                    mesh::right_inner)) /
           2;
}

HeadPose head_pose(const Mesh& points) {
    const auto degrees = [](float radians) { return radians * 180 / std::numbers::pi_v<float>; };
    const MeshPoint& left = points[mesh::left_outer];
    const MeshPoint& right = points[mesh::right_outer];
    const MeshPoint& top = points[mesh::forehead];
    const MeshPoint& chin = points[mesh::chin];
    return {degrees(std::atan2(right.z - left.z, distance(left, right))),
            degrees(std::atan2(chin.z - top.z, distance(top, chin)))};
}

}  // namespace faceward::liveness
