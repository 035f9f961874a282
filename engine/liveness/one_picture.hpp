#pragma once

#include "engine/image/picture.hpp"

#include <optional>

namespace faceward::liveness {

/// Tells whether all frames of a medium are one and the same picture, but for what a codec does to
/// it: the whole of them, and the faces by themselves, because a face that moves or changes may be
/// a small part of the whole.
class OnePicture {
  public:
    /// Takes the next frame, and the box of its face if there is one.
    void look_at(image::PictureView frame, const std::optional<image::Box>& face);

    /// Whether the frames so far are alike.
    bool holds() const { return alike_; }

  private:
    image::Picture first_;
    std::optional<image::Box> first_face_;
    bool any_ = false;
    bool alike_ = true;
};

/// A copy that owns its pixels.
image::Picture copy_of(image::PictureView picture);

}  // namespace faceward::liveness
