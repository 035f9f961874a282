#include "engine/face/mesh/mesh.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace faceward::face {
namespace {

float opening(const Mesh& points, std::size_t upper, std::size_t lower, std::size_t outer,
              std::size_t inner) {
    const float width = distance(points[outer], points[inner]);
    return width > 0 ? distance(points[upper], points[lower]) / width : 0;
}

}  // namespace

float distance(const MeshPoint& a, const MeshPoint& b) { return std::hypot(b.x - a.x, b.y - a.y); }

image::Box extent(const Mesh& points) {
    const auto face = std::span(points).first(std::min(points.size(), mesh::face_points));
    const auto [left, right] = std::ranges::minmax_element(face, {}, &MeshPoint::x);
    const auto [top, bottom] = std::ranges::minmax_element(face, {}, &MeshPoint::y);
    return {left->x, top->y, right->x, bottom->y};
}

Landmarks five_points(const Mesh& points) {
    const auto flat = [&](std::size_t place) {
        return image::Point{points[place].x, points[place].y};
    };
    return {flat(mesh::left_iris), flat(mesh::right_iris), flat(mesh::nose_tip),
            flat(mesh::left_mouth), flat(mesh::right_mouth)};
}

float eye_aspect_ratio(const Mesh& points) {
    return (opening(points, mesh::left_upper, mesh::left_lower, mesh::left_outer,
                    mesh::left_inner) +
            opening(points, mesh::right_upper, mesh::right_lower, mesh::right_outer,
                    mesh::right_inner)) /
           2;
}

float mouth_opening(const Mesh& points) {
    MeshPoint eyes;
    for (const std::size_t corner :
         {mesh::left_outer, mesh::left_inner, mesh::right_inner, mesh::right_outer}) {
        eyes.x += points[corner].x / 4;
        eyes.y += points[corner].y / 4;
    }
    const float height = distance(eyes, points[mesh::chin]);
    return height > 0 ? distance(points[mesh::upper_lip], points[mesh::lower_lip]) / height : 0;
}

}  // namespace faceward::face
