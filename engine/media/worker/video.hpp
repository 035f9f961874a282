#pragma once

#include "engine/image/orientation.hpp"
#include "engine/image/picture.hpp"
#include "engine/media/limits.hpp"
#include "engine/media/medium.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace faceward::media {

/// A frame as it comes out of a video. The pixels, upright and without padding, stay until the
/// receiver returns.
struct VideoFrame {
    image::PictureView picture;
    int number;   ///< its place in the video, from 1
    int planned;  ///< how many are to come in all
    double seconds;
};

/// Takes a frame; false ends the decoding.
using TakeFrame = std::function<bool(const VideoFrame&)>;

/// A video in memory, its packets read and not yet decoded. Sound and further streams are ignored.
class Video {
  public:
    /// Reads the container: MP4, MOV, 3GP, WebM, Matroska, AVI, MPEG-TS and -PS, with any codec
    /// that FFmpeg decodes. A file that breaks off is read as far as it goes. Fails with
    /// `medium_unreadable`.
    static Result<Video> open(std::span<const std::uint8_t> bytes, const MediaLimits& limits);

    const MediumFacts& facts() const;

    /// Decodes `wanted` frames along the length of the video, in their order; fewer where it has
    /// fewer, or where parts cannot be decoded. A frame that needs no turn is put where it is to go
    /// at once, if `room` is large enough. Fails with `medium_unreadable` when there is none.
    Result<void> decode(std::size_t wanted, Way way, const TakeFrame& take, image::Room room = {});

    Video(Video&&) noexcept;
    Video& operator=(Video&&) noexcept;
    ~Video();

  private:
    struct State;
    explicit Video(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace faceward::media
