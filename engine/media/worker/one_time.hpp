#pragma once

#include "engine/media/worker/ffmpeg.hpp"

#include <cstdint>
#include <span>

namespace faceward::media {

/// When a packet's frame is shown, in ticks of its stream: or else, where the container does not
/// say, when it is decoded. AV_NOPTS_VALUE: neither is known.
std::int64_t stamp_of(const AVPacket& packet);

/// How the stamps of a stream may run, in ticks.
struct Pace {
    std::int64_t step = 1;  ///< from frame to frame, where nothing nearer tells
    std::int64_t leap = 0;  ///< further ahead, they have begun anew; 0: they may leap
};

/// Makes one time of the stamps of packets in decoding order. Where they begin anew, as they do
/// where files are joined end to end, the rest is moved to go on behind what came before; frames of
/// it that the reader hides because they lie before what is shown already are hidden no more.
/// Leaves alone what has one time, packets without a stamp among them, and stamps that lie years
/// apart.
void make_one_time(std::span<const ffmpeg::Packet> packets, const Pace& pace);

}  // namespace faceward::media
