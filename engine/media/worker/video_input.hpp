#pragma once

#include "engine/image/orientation.hpp"
#include "engine/media/limits.hpp"
#include "engine/media/worker/dating.hpp"
#include "engine/media/worker/ffmpeg.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace faceward::media {

/// A file in memory and the place in it where FFmpeg reads.
struct MemoryFile {
    std::span<const std::uint8_t> bytes;
    std::int64_t position = 0;
};

/// The video stream of a file: all of its packets, in decoding order.
struct VideoInput {
    MemoryFile memory;
    AVCodecParameters* parameters = nullptr;  ///< owned by `file`
    image::Orientation orientation = image::Orientation::top_left;
    std::vector<ffmpeg::Packet> packets;
    Dates dates;
    ffmpeg::Reader reader;  ///< what `file` reads from
    ffmpeg::Input file;
};

/// Reads the packets of the first video stream, without decoding any. Fails with
/// `medium_unreadable`. The bytes must outlive what is returned.
Result<std::unique_ptr<VideoInput>> read_video(std::span<const std::uint8_t> bytes,
                                               const MediaLimits& limits);

}  // namespace faceward::media
