#include "engine/media/worker/one_time.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <queue>
#include <vector>

namespace faceward::media {
namespace {

using Packets = std::span<const ffmpeg::Packet>;

/// Stamps further apart than this are those of no video: at a tick of a nanosecond, three days.
constexpr std::int64_t farthest = std::int64_t{1} << 48;

/// Sum and difference wrap, because a container may state any number.
std::int64_t plus(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

std::int64_t minus(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

bool is_hidden(const AVPacket& packet) { return (packet.flags & AV_PKT_FLAG_DISCARD) != 0; }

/// Packets whose stamps run on, in ticks from the first packet of all.
class Stretch {
  public:
    explicit Stretch(std::size_t first) : first_(first) {}

    std::size_t first() const { return first_; }
    bool empty() const { return count_ == 0; }
    std::int64_t earliest() const { return earliest_; }
    std::int64_t latest() const { return latest_; }

    /// Whether a packet can follow. A frame where decoding can begin is shown after all that came
    /// before it; of those between, a decoder holds no more than `most_held_back` for later.
    bool goes_on(const AVPacket& packet, std::int64_t at, std::int64_t leap) const {
        if (empty()) return true;
        const bool begins = (packet.flags & AV_PKT_FLAG_KEY) != 0 && packet.pts != AV_NOPTS_VALUE;
        const bool falls = (begins && at < latest_) ||
                           (last_ones_.size() > most_held_back && at < last_ones_.top());
        return !falls && (leap == 0 || at - latest_ <= leap);
    }

    void take(const AVPacket& packet, std::int64_t at) {
        earliest_ = empty() ? at : std::min(earliest_, at);
        latest_ = empty() ? at : std::max(latest_, at);
        ++count_;
        last_duration_ = packet.duration;
        last_ones_.push(at);
        if (last_ones_.size() > most_held_back + 1) last_ones_.pop();
    }

    /// From the first frame until the last one has been shown.
    std::int64_t length(std::int64_t usual_step) const {
        const std::int64_t shown = latest_ - earliest_;
        if (last_duration_ > 0 && last_duration_ < farthest) return shown + last_duration_;
        return shown + (shown > 0 ? shown / (count_ - 1) : usual_step);
    }

  private:
    /// ITU-T H.264 A.3.1 and H.265 A.4.2; other codecs hold fewer.
    static constexpr std::size_t most_held_back = 16;

    std::size_t first_;
    std::int64_t count_ = 0;
    std::int64_t earliest_ = 0;
    std::int64_t latest_ = 0;
    std::int64_t last_duration_ = 0;
    /// The latest stamps, the least of them on top.
    std::priority_queue<std::int64_t, std::vector<std::int64_t>, std::greater<>> last_ones_;
};

/// A run of packets that the reader hides.
struct HiddenRun {
    std::size_t end = 0;
    bool overlaps = false;  ///< what is shown after it does not go on from what was before it
};

HiddenRun hidden_run(Packets packets, std::span<const std::int64_t> stamps, std::size_t first,
                     const Stretch& before) {
    HiddenRun run{first};
    while (run.end < packets.size() && is_hidden(*packets[run.end])) ++run.end;
    run.overlaps =
        !before.empty() && (run.end == packets.size() || stamps[run.end] < before.latest());
    return run;
}

/// The stretches that the packets make; hidden packets that begin one are hidden no more.
std::vector<Stretch> stretches_of(Packets packets, std::span<const std::int64_t> stamps,
                                  std::int64_t leap) {
    std::vector<Stretch> stretches{Stretch(0)};
    HiddenRun hidden;
    for (std::size_t i = 0; i < packets.size(); ++i) {
        if (is_hidden(*packets[i])) {
            if (i >= hidden.end) hidden = hidden_run(packets, stamps, i, stretches.back());
            // Before what is shown of a cut, there is what it is decoded from.
            if (!hidden.overlaps) continue;
        }
        if (!stretches.back().goes_on(*packets[i], stamps[i], leap)) {
            stretches.emplace_back(i);
            for (std::size_t k = i; k < hidden.end; ++k) packets[k]->flags &= ~AV_PKT_FLAG_DISCARD;
        }
        stretches.back().take(*packets[i], stamps[i]);
    }
    return stretches;
}

/// Stamps as ticks from the first one; none where one is not known or lies too far away.
std::vector<std::int64_t> stamps_of(Packets packets) {
    std::vector<std::int64_t> stamps;
    stamps.reserve(packets.size());
    for (const auto& packet : packets) {
        const std::int64_t at = stamp_of(*packet);
        const std::int64_t ticks = minus(at, stamp_of(*packets.front()));
        if (at == AV_NOPTS_VALUE || ticks > farthest || ticks < -farthest) return {};
        stamps.push_back(ticks);
    }
    return stamps;
}

void move(AVPacket& packet, std::int64_t by) {
    if (packet.pts != AV_NOPTS_VALUE) packet.pts = plus(packet.pts, by);
    if (packet.dts != AV_NOPTS_VALUE) packet.dts = plus(packet.dts, by);
}

}  // namespace

std::int64_t stamp_of(const AVPacket& packet) {
    return packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
}

void make_one_time(Packets packets, const Pace& pace) {
    const std::vector<std::int64_t> stamps = stamps_of(packets);
    if (stamps.empty()) return;
    const std::vector<Stretch> stretches = stretches_of(packets, stamps, pace.leap);
    std::int64_t end = stretches.front().earliest();
    for (std::size_t s = 0; s < stretches.size(); ++s) {
        const std::size_t next =
            s + 1 < stretches.size() ? stretches[s + 1].first() : packets.size();
        const std::int64_t by = minus(end, stretches[s].earliest());
        for (std::size_t i = stretches[s].first(); i < next; ++i) move(*packets[i], by);
        end = plus(end, stretches[s].length(pace.step));
    }
}

}  // namespace faceward::media
