#include "engine/face/one_person.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::face {
namespace {

float shared_area(const image::Box& a, const image::Box& b) {
    const float width = std::min(a.x2, b.x2) - std::max(a.x1, b.x1);
    const float height = std::min(a.y2, b.y2) - std::max(a.y1, b.y1);
    return std::max(0.0F, width) * std::max(0.0F, height);
}

}  // namespace

float prominence(const Face& face, image::Size picture) {
    const auto half_width = static_cast<float>(picture.width) / 2;
    const auto half_height = static_cast<float>(picture.height) / 2;
    const image::Point centre = face.box.centre();
    const float distance = std::hypot(centre.x - half_width, centre.y - half_height);
    return size_of(face) * std::max(0.0F, 1 - distance / std::hypot(half_width, half_height));
}

bool is_second_person(const Face& other, const Face& main, image::Size picture,
                      const OnePersonRule& rule) {
    constexpr float min_score = 0.7F;
    constexpr float min_inside = 0.95F;
    constexpr float max_nested = 0.5F;
    const image::Box frame{0, 0, static_cast<float>(picture.width),
                           static_cast<float>(picture.height)};
    return size_of(other) >= rule.min_second_face_ratio * size_of(main) &&
           other.score >= min_score &&
           shared_area(other.box, frame) >= min_inside * other.box.area() &&
           shared_area(other.box, main.box) <=
               max_nested * std::min(other.box.area(), main.box.area());
}

Result<Face> one_person(std::span<const Face> faces, image::Size picture,
                        const OnePersonRule& rule) {
    if (faces.empty()) return fail(Fault::face_not_found);
    const Face& main = faces.front();
    const bool several = std::ranges::any_of(faces.subspan(1), [&](const Face& other) {
        return is_second_person(other, main, picture, rule);
    });
    if (several && !rule.tolerate_bystanders) return fail(Fault::several_faces);
    return main;
}

}  // namespace faceward::face
