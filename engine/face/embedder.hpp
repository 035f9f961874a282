#pragma once

#include "engine/face/face.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"

#include <vector>

namespace faceward::face {

/// Turns a face into its feature vector with one or several recognisers. Used by one thread at a
/// time.
class Embedder {
  public:
    /// With `mirrored`, features are the mean of those of a face and of its mirror image.
    explicit Embedder(std::vector<model::Session> sessions, bool mirrored = false)
        : sessions_(std::move(sessions)), mirrored_(mirrored) {}

    /// The aligned five-point crop, once for each input size that the recognisers have.
    /// Fails with `template_not_extracted` when the landmarks are degenerate or the eyes too close.
    Result<std::vector<image::Picture>> align(image::PictureView picture, const Face& face) const;

    /// Unit vectors of all recognisers, each over √n, one after the other: the dot product of two
    /// such vectors is the mean of the n cosines. Fails with `inference_failed`, or
    /// `template_not_extracted` for a zero vector.
    Result<std::vector<float>> embed(const std::vector<image::Picture>& crops);

  private:
    std::vector<model::Session> sessions_;
    bool mirrored_;
};

}  // namespace faceward::face
