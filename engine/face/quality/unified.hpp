#pragma once

#include "engine/face/face.hpp"
#include "engine/face/mesh/mesh.hpp"
#include "engine/face/quality/quality.hpp"

#include <optional>

namespace faceward::face {

/// How far the five landmarks lie from where the mesh has them: the mean of the five distances over
/// the face's size. Two networks that read a face alike have read it right: 0.05 is usual, above
/// 0.1 one of them is mistaken.
double landmark_disagreement(const Landmarks& points, const Mesh& mesh);

/// The unified score, from what predicts recognition errors (docs/quality.md): sharpness and, where
/// the pack has a mesh, the head's pose and the landmarks' disagreement.
int unified_score(const Quality& quality, std::optional<double> disagreement);

}  // namespace faceward::face
