#include "engine/media/worker/frame_plan.hpp"

#include <algorithm>
#include <iterator>

namespace faceward::media {
namespace {

/// What decoding costs, in milliseconds of one core of 2022: a part for the pixels and one for the
/// compressed bytes, measured with H.264 from 360p to 720p.
double cost_of(std::span<const Packet> packets, std::int64_t pixels) {
    constexpr double per_pixel = 1.2e-6;
    constexpr double per_byte = 80e-6;
    double cost = 0;
    for (const Packet& packet : packets)
        cost +=
            per_pixel * static_cast<double>(pixels) + per_byte * static_cast<double>(packet.bytes);
    return cost;
}

/// Decoding the whole of a video is cheap up to this.
constexpr double cheap = 150;

/// Bursts need so many groups to stand for the whole video.
constexpr std::size_t least_groups = 4;

/// Groups of pictures; packets before the first key packet belong to the first group.
std::vector<PlannedGroup> groups_of(std::span<const Packet> packets) {
    std::vector<PlannedGroup> groups;
    for (std::size_t i = 0; i < packets.size(); ++i) {
        if (groups.empty() || (packets[i].key && i > 0)) groups.push_back({i, i, {}});
        groups.back().end = i + 1;
    }
    return groups;
}

/// The times at which a group's first frames are shown.
std::vector<double> first_times(std::span<const Packet> packets, const PlannedGroup& group,
                                std::size_t count) {
    std::vector<double> times;
    for (std::size_t i = group.first; i < group.end; ++i) times.push_back(packets[i].seconds);
    std::ranges::sort(times);
    times.resize(std::min(count, times.size()));
    return times;
}

std::vector<PlannedGroup> bursts(std::span<const Packet> packets,
                                 const std::vector<PlannedGroup>& groups, std::size_t wanted) {
    std::vector<PlannedGroup> planned;
    const std::size_t used = std::min(groups.size(), wanted);
    const std::size_t each = (wanted + used - 1) / used;
    for (const std::size_t index : spread_over(groups.size(), used)) {
        planned.push_back(groups[index]);
        planned.back().times = first_times(packets, groups[index], each);
    }
    return planned;
}

/// Hands each time to the group that shows it; groups without one are left out.
std::vector<PlannedGroup> spread(std::span<const Packet> packets, std::vector<PlannedGroup> groups,
                                 std::size_t wanted) {
    std::vector<double> shown;
    for (const Packet& packet : packets) shown.push_back(packet.seconds);
    std::ranges::sort(shown);
    const double length = shown.back() - shown.front();
    const std::size_t count = std::min(wanted, packets.size());
    auto group = groups.begin();
    for (std::size_t i = 0; i < count; ++i) {
        const double middle =
            shown.front() + length * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        // Few frames over a long time: each place takes its own frame rather than one twice.
        const double time = count == packets.size() ? shown[i] : middle;
        while (std::next(group) != groups.end() && packets[std::next(group)->first].seconds <= time)
            ++group;
        group->times.push_back(time);
    }
    std::erase_if(groups, [](const PlannedGroup& g) { return g.times.empty(); });
    return groups;
}

}  // namespace

std::vector<std::size_t> spread_over(std::size_t count, std::size_t wanted) {
    const std::size_t chosen = std::min(count, wanted);
    std::vector<std::size_t> places(chosen);
    for (std::size_t i = 0; i < chosen; ++i) places[i] = (2 * i + 1) * count / (2 * chosen);
    return places;
}

FramePlan plan_frames(std::span<const Packet> packets, std::int64_t pixels, std::size_t wanted,
                      Way way) {
    if (packets.empty() || wanted == 0) return {};
    const std::vector<PlannedGroup> groups = groups_of(packets);
    if (way == Way::automatic) {
        const bool one_a_group = groups.size() >= wanted;
        const bool too_dear = groups.size() >= least_groups && cost_of(packets, pixels) > cheap;
        way = one_a_group || too_dear ? Way::burst : Way::spread;
    }
    if (way == Way::burst) return {bursts(packets, groups, wanted), false};
    return {spread(packets, groups, wanted), wanted < packets.size()};
}

}  // namespace faceward::media
