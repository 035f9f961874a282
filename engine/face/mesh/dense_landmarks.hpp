#pragma once

#include "engine/face/face.hpp"
#include "engine/image/picture.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"

#include <optional>
#include <vector>

namespace faceward::liveness {

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
/// An eye's corners and lids; "left" and "right" as on the picture of an unmirrored face.
inline constexpr std::size_t left_outer = 33;
inline constexpr std::size_t left_inner = 133;
inline constexpr std::size_t left_upper = 159;
inline constexpr std::size_t left_lower = 145;
inline constexpr std::size_t right_outer = 263;
inline constexpr std::size_t right_inner = 362;
inline constexpr std::size_t right_upper = 386;
inline constexpr std::size_t right_lower = 374;
}  // namespace mesh

/// Finds the mesh of a face along a medium. The first one is looked for on the square around the
/// detector's box, and again on the one that its own points give; where that square lay in the box
/// then tells where to look for the next ones, once each if the face is large enough. Used by one
/// thread at a time.
class DenseLandmarks {
  public:
    explicit DenseLandmarks(model::Session session) : session_(std::move(session)) {}

    /// Begins another medium.
    void start() { in_box_.reset(); }

    /// The mesh of a face in the medium's next frame. Fails with `inference_failed`.
    Result<Mesh> find(image::PictureView picture, const face::Face& face);

  private:
    Result<Mesh> find_in(image::PictureView picture, image::Point centre, float side, float angle);

    /// The square around a face's points, in units of its detector's box and from its middle.
    struct Region {
        float x = 0;
        float y = 0;
        float side = 0;
    };

    model::Session session_;
    std::optional<Region> in_box_;
};

/// Opening of the eyes: height over width, the mean of both; about 0.3 open, below 0.15 closed
/// (Soukupová and Čech, 2016).
float eye_aspect_ratio(const Mesh& points);

/// Turn of a head in degrees: yaw to the side, pitch up or down, 0 facing the camera.
struct HeadPose {
    float yaw = 0;
    float pitch = 0;
};
HeadPose head_pose(const Mesh& points);

}  // namespace faceward::liveness
