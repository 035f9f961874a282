#pragma once

#include "engine/face/face.hpp"
#include "engine/result.hpp"

#include <span>

namespace faceward::face {

/// When a second face on a picture is a second person.
struct OnePersonRule {
    float min_second_face_ratio = 0.22F;  ///< of the main face's size; smaller ones are background
    bool tolerate_bystanders = false;     ///< other people are allowed; the main face is taken
};

/// How much a face is the subject of its picture: its size, less the farther it is from the centre
/// (at the corner it counts nothing). Unit: pixels.
float prominence(const Face& face, image::Size picture);

/// Whether `other` is a second person beside `main`: large enough, sure by itself (score ≥ 0.7), at
/// least 95 % of its box in the picture, and not nested in the main face (shared area ≤ half of the
/// smaller box).
bool is_second_person(const Face& other, const Face& main, image::Size picture,
                      const OnePersonRule& rule);

/// The one person of faces that stand in the order of their prominence: the first of them. Fails
/// with `face_not_found` and, if another is a second person and the rule does not tolerate that,
/// `several_faces`.
Result<Face> one_person(std::span<const Face> faces, image::Size picture,
                        const OnePersonRule& rule);

}  // namespace faceward::face
