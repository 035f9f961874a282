#pragma once

#include "engine/media/worker/ffmpeg.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <vector>

namespace faceward::media {

/// YCbCr of any kind to BGR, by the matrix and range that the frame names (ITU-R BT.601 and studio
/// range where it names none). Keeps its converter for frames of the same kind.
class ToBgr {
  public:
    /// Fills `target`, which has room for the frame's pixels without padding, and nothing behind
    /// it. Fails with `medium_unreadable`.
    Result<void> convert(const AVFrame& frame, std::uint8_t* target);

  private:
    Result<void> scale(const AVFrame& frame, std::uint8_t* target, int stride);
    void set_colours(const AVFrame& frame);

    ffmpeg::Scaler scaler_;
    std::vector<std::uint8_t> padded_;  ///< the last frame whose rows had to be longer
};

}  // namespace faceward::media
