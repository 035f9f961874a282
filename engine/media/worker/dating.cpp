#include "engine/media/worker/dating.hpp"

#include "engine/media/worker/one_time.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace faceward::media {
namespace {

using Packets = std::span<const ffmpeg::Packet>;

/// The earliest and the latest stamp.
struct Extent {
    std::int64_t first;
    std::int64_t last;
};

/// Nothing, where stamps are missing or the same for all.
std::optional<Extent> extent_of(Packets packets) {
    Extent extent{stamp_of(*packets.front()), stamp_of(*packets.front())};
    for (const auto& packet : packets) {
        const std::int64_t at = stamp_of(*packet);
        if (at == AV_NOPTS_VALUE) return std::nullopt;
        extent = {std::min(extent.first, at), std::max(extent.last, at)};
    }
    if (extent.first == extent.last && packets.size() > 1) return std::nullopt;
    return extent;
}

/// Stamps of frames that follow one another, a tick each.
Extent number(Packets packets) {
    std::int64_t next = 0;
    for (const auto& packet : packets) {
        packet->pts = packet->dts = next++;
        packet->duration = 1;
    }
    return {0, next - 1};
}

/// Ticks in some seconds, as a container may state both: at least one.
std::int64_t ticks_of(double seconds, double tick) {
    constexpr double most = 1e12;
    const double ticks = seconds / tick;
    return ticks < most ? std::max<std::int64_t>(1, std::llround(ticks))
                        : static_cast<std::int64_t>(most);
}

}  // namespace

Dates date_packets(Packets packets, const StatedTime& stated) {
    constexpr double usual_rate = 25;
    constexpr double longest_pause = 10;  // as the ffmpeg program has it (dts_delta_threshold)
    const double rate = std::isfinite(stated.rate) && stated.rate > 0 ? stated.rate : usual_rate;
    make_one_time(packets, {ticks_of(1 / rate, stated.tick),
                            stated.may_leap ? ticks_of(longest_pause, stated.tick) : 0});
    const auto dated = extent_of(packets);
    const Extent extent = dated ? *dated : number(packets);
    Dates dates;
    dates.tick = dated ? stated.tick : 1 / rate;
    dates.origin = static_cast<double>(extent.first) * dates.tick;
    for (const auto& packet : packets)
        dates.packets.push_back({static_cast<double>(stamp_of(*packet)) * dates.tick - dates.origin,
                                 static_cast<std::size_t>(packet->size),
                                 (packet->flags & AV_PKT_FLAG_KEY) != 0});
    const double shown =
        (static_cast<double>(extent.last) - static_cast<double>(extent.first)) * dates.tick;
    const auto last_duration = static_cast<double>(packets.back()->duration) * dates.tick;
    const auto count = static_cast<double>(packets.size());
    const double mean_duration = count > 1 ? shown / (count - 1) : 1 / rate;
    dates.seconds = shown + (last_duration > 0 ? last_duration : mean_duration);
    return dates;
}

}  // namespace faceward::media
