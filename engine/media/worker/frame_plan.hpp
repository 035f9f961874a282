#pragma once

#include "engine/media/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace faceward::media {

/// What is known of a video's packet before it is decoded.
struct Packet {
    double seconds = 0;  ///< when its frame is shown, from the first frame on
    std::size_t bytes = 0;
    bool key = false;  ///< decoding can begin here
};

/// A group of pictures of which something is wanted: packets [first, end), which begin with a key
/// packet, in decoding order, and the times from which on a frame is taken, ascending.
struct PlannedGroup {
    std::size_t first = 0;
    std::size_t end = 0;
    std::vector<double> times;
};

/// Which packets of a video to decode.
struct FramePlan {
    std::vector<PlannedGroup> groups;
    /// Frames that no other is predicted from need not be decoded: a neighbour serves as well.
    bool skip_non_reference = false;
};

/// Chooses `wanted` frames (or all, where there are fewer) of a video of so many pixels.
/// `automatic` spreads them where decoding the whole is cheap, and takes bursts where it is not, if
/// there are groups enough.
FramePlan plan_frames(std::span<const Packet> packets, std::int64_t pixels, std::size_t wanted,
                      Way way);

/// `wanted` of `count` places, in the middles of equal stretches; all where there are fewer.
std::vector<std::size_t> spread_over(std::size_t count, std::size_t wanted);

}  // namespace faceward::media
