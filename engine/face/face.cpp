#include "engine/face/face.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::face {

float size_of(const Face& face) { return std::sqrt(std::max(0.0F, face.box.area())); }

float overlap(const image::Box& a, const image::Box& b) {
    const float width = std::min(a.x2, b.x2) - std::max(a.x1, b.x1);
    const float height = std::min(a.y2, b.y2) - std::max(a.y1, b.y1);
    if (width <= 0 || height <= 0) return 0;
    const float shared = width * height;
    return shared / (a.area() + b.area() - shared);
}

std::vector<Face> suppress_overlapping(std::vector<Face> faces, float limit) {
    std::ranges::stable_sort(faces, std::ranges::greater{}, &Face::score);
    std::vector<Face> kept;
    for (const Face& face : faces)
        if (std::ranges::none_of(
                kept, [&](const Face& surer) { return overlap(face.box, surer.box) > limit; }))
            kept.push_back(face);
    return kept;
}

void transform(std::span<Face> faces, image::Point scale, image::Point shift) {
    for (Face& face : faces) {
        face.box = {face.box.x1 * scale.x + shift.x, face.box.y1 * scale.y + shift.y,
                    face.box.x2 * scale.x + shift.x, face.box.y2 * scale.y + shift.y};
        for (image::Point& p : face.points) p = {p.x * scale.x + shift.x, p.y * scale.y + shift.y};
    }
}

}  // namespace faceward::face
