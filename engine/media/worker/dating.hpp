#pragma once

#include "engine/media/worker/ffmpeg.hpp"
#include "engine/media/worker/frame_plan.hpp"

#include <span>
#include <vector>

namespace faceward::media {

/// What a container says of the time of a stream.
struct StatedTime {
    double tick = 0;        ///< seconds a unit of its time stamps
    double rate = 0;        ///< frames a second; what is no positive number is not believed
    bool may_leap = false;  ///< stamps may begin anew anywhere (AVFMT_TS_DISCONT)
};

/// When the frames of a stream are shown.
struct Dates {
    std::vector<Packet> packets;  ///< of each packet, for the plan
    double origin = 0;            ///< the stream's time of the first frame, seconds
    double tick = 0;              ///< seconds a unit of the stream's time stamps
    double seconds = 0;           ///< duration
};

/// Dates packets in decoding order. Where stamps begin anew, the rest goes on behind what came
/// before; where the container gives none (or the same for all), frames follow one another at the
/// stated rate, or 25 a second. The packets' own stamps are changed with it, for decoders to hand
/// them through. There must be a packet.
Dates date_packets(std::span<const ffmpeg::Packet> packets, const StatedTime& stated);

}  // namespace faceward::media
