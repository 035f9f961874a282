#include "engine/face/mesh/dense_landmarks.hpp"

#include "engine/image/transform.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace faceward::face {
namespace {

/// How much larger than the face the network's crop is.
constexpr float crop_factor = 1.5F;

/// Pixels from which on the points of a face are the same within noise wherever exactly it is
/// looked for; those of smaller faces are steadier after a second look, and stillness rests on
/// them.
constexpr float sharp_size = 200;

/// Angle of the line through the eyes, radians.
float eye_line(const Landmarks& points) {
    return std::atan2(points[1].y - points[0].y, points[1].x - points[0].x);
}

float longer_side(const image::Box& box) { return std::max(box.width(), box.height()); }

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

Result<Mesh> DenseLandmarks::find(image::PictureView picture, const Face& face) {
    return find_in(picture, face.box.centre(), crop_factor * longer_side(face.box),
                   eye_line(face.points));
}

Result<Mesh> DenseLandmarks::follow(image::PictureView picture, const Face& face) {
    const image::Point middle = face.box.centre();
    const float size = longer_side(face.box);
    if (in_box_ && size >= sharp_size)
        return find_in(picture, {middle.x + in_box_->x * size, middle.y + in_box_->y * size},
                       in_box_->side * size, eye_line(face.points));

    auto first = find(picture, face);
    if (!first) return first;
    const image::Box box = extent(*first);
    const MeshPoint& left = (*first)[mesh::left_outer];
    const MeshPoint& right = (*first)[mesh::right_outer];
    const float side = crop_factor * longer_side(box);
    if (!(side > 1)) return first;
    const image::Point centre = box.centre();
    in_box_ = {(centre.x - middle.x) / size, (centre.y - middle.y) / size, side / size};
    return find_in(picture, centre, side, std::atan2(right.y - left.y, right.x - left.x));
}

}  // namespace faceward::face
