#pragma once

#include "engine/face/face.hpp"
#include "engine/face/mesh/mesh.hpp"
#include "engine/image/picture.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"

#include <optional>

namespace faceward::face {

/// Finds the mesh of a face. Used by one thread at a time.
class DenseLandmarks {
  public:
    explicit DenseLandmarks(model::Session session) : session_(std::move(session)) {}

    /// The mesh of a face on a picture by one look at the square around the detector's box: within
    /// about a hundredth of the face's size of what a second look would give. Fails with
    /// `inference_failed`.
    Result<Mesh> find(image::PictureView picture, const Face& face);

    /// Begins to follow a face along a medium.
    void start() { in_box_.reset(); }

    /// The mesh of a face in the medium's next frame, whose points must be steady. The first one is
    /// looked for on the square around the detector's box, and again on the one that its own points
    /// give; where that square lay in the box then tells where to look for the next ones, once each
    /// if the face is large enough. Fails with `inference_failed`.
    Result<Mesh> follow(image::PictureView picture, const Face& face);

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

}  // namespace faceward::face
