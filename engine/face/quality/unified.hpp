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

/// How surely the networks have read a face, as far as the pack lets it be told.
struct Reading {
    std::optional<double> disagreement;  ///< of the landmarks
    std::optional<double> certainty;     ///< the detector's score over what clear frontal faces get
};

/// The unified score, from what predicts recognition errors (docs/quality.md): sharpness, the
/// head's pose, and how surely the face was read. What is not there counts for nothing.
int unified_score(const Quality& quality, const Reading& reading);

}  // namespace faceward::face
