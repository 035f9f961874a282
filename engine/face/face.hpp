#pragma once

#include "engine/image/picture.hpp"

#include <array>
#include <span>
#include <vector>

namespace faceward::face {

/// Five landmarks in pixels: eye, eye, nose tip, mouth corner, mouth corner; the one left in the
/// picture first.
using Landmarks = std::array<image::Point, 5>;

/// A face that a detector found.
struct Face {
    image::Box box;    ///< pixels of the upright picture
    float score = 0;   ///< the detector's own confidence, 0…1
    Landmarks points;  ///< pixels of the upright picture
};

/// Square root of the box area, pixels: what "size of a face" means everywhere.
float size_of(const Face& face);

/// Intersection over union of two boxes, 0…1.
float overlap(const image::Box& a, const image::Box& b);

/// Greedy non-maximum suppression: of faces that overlap more than `limit` the surest stays. Sorted
/// by score, highest first.
std::vector<Face> suppress_overlapping(std::vector<Face> faces, float limit);

/// Maps p to p · scale + shift, in place.
void transform(std::span<Face> faces, image::Point scale, image::Point shift);

}  // namespace faceward::face
