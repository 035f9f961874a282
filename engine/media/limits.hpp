#pragma once

#include "engine/image/decode_limits.hpp"

#include <cstdint>

namespace faceward::media {

/// What a medium may cost, and how it is read. Plain numbers: they travel to the decoder as they
/// are.
struct MediaLimits {
    image::DecodeLimits picture;                  ///< of every picture and frame
    std::int64_t max_seconds = 120;               ///< of a video
    std::int64_t max_frames = 10'000;             ///< of a video
    std::int64_t max_entries = 1'000;             ///< files in an archive, those skipped included
    std::int64_t max_unpacked_bytes = 256 << 20;  ///< of all files in an archive together
    std::int64_t max_ratio = 200;                 ///< unpacked to packed bytes of a whole archive
    double archive_frame_rate = 25;  ///< how many of the numbers in an archive's names are a second
};

/// How frames are taken out of a video.
enum class Way : std::uint32_t {
    automatic,  ///< whichever of the two costs less where both serve
    spread,     ///< evenly over the whole length, at the price of decoding most of it
    burst,      ///< the first frames of each group of pictures; what lies between is not decoded
};

}  // namespace faceward::media
