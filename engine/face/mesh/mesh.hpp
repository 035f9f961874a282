#pragma once

#include "engine/face/face.hpp"

#include <cstddef>
#include <vector>

namespace faceward::face {

/// A point of a face's mesh: x and y in pixels of the picture, z (towards the back) in the same
/// unit.
struct MeshPoint {
    float x = 0;
    float y = 0;
    float z = 0;
};

/// The 478 points of MediaPipe's face mesh (Kartynnik et al., arXiv 1907.06724; irises from 468
/// on), by its numbering.
using Mesh = std::vector<MeshPoint>;

/// Places of the numbering that are used by name.
namespace mesh {
inline constexpr std::size_t face_points = 468;  ///< irises begin here
inline constexpr std::size_t forehead = 10;
inline constexpr std::size_t chin = 152;
inline constexpr std::size_t nose_tip = 4;
inline constexpr std::size_t upper_lip = 13;  ///< middle of its inner edge
inline constexpr std::size_t lower_lip = 14;
/// An eye's corners, lids and iris, and the mouth's corners; "left" and "right" as on the picture
/// of an unmirrored face.
inline constexpr std::size_t left_outer = 33;
inline constexpr std::size_t left_inner = 133;
inline constexpr std::size_t left_upper = 159;
inline constexpr std::size_t left_lower = 145;
inline constexpr std::size_t left_iris = 468;
inline constexpr std::size_t left_mouth = 61;
inline constexpr std::size_t right_outer = 263;
inline constexpr std::size_t right_inner = 362;
inline constexpr std::size_t right_upper = 386;
inline constexpr std::size_t right_lower = 374;
inline constexpr std::size_t right_iris = 473;
inline constexpr std::size_t right_mouth = 291;
}  // namespace mesh

/// On the picture, in pixels.
float distance(const MeshPoint& a, const MeshPoint& b);

/// The mesh's extent on the picture, without the irises.
image::Box extent(const Mesh& points);

/// The five landmarks as the mesh has them.
Landmarks five_points(const Mesh& points);

/// Opening of the eyes: height over width, the mean of both; about 0.3 open, below 0.15 closed
/// (Soukupová and Čech, 2016).
float eye_aspect_ratio(const Mesh& points);

/// Distance of the lips' inner edges over that from the middle of the eyes to the chin, as ISO/IEC
/// 29794-5 measures a mouth: about 0 closed, 0.1 when a smile shows teeth, 0.2 and more open.
float mouth_opening(const Mesh& points);

}  // namespace faceward::face
