#include "engine/media/worker/dating.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace faceward::media {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;
using testing::Pointwise;

constexpr std::int64_t unknown = AV_NOPTS_VALUE;
constexpr std::int64_t step = 40;
constexpr StatedTime milliseconds{0.001, 25, false};
constexpr StatedTime leaping{0.001, 25, true};

struct Stamp {
    std::int64_t pts;
    bool key = false;
    std::int64_t dts = unknown;
};
using Stamps = std::vector<Stamp>;

std::vector<ffmpeg::Packet> packets_of(const Stamps& stamps, std::int64_t duration = step) {
    std::vector<ffmpeg::Packet> packets;
    for (const Stamp& stamp : stamps) {
        packets.emplace_back(av_packet_alloc());
        packets.back()->pts = stamp.pts;
        packets.back()->dts = stamp.dts;
        packets.back()->duration = duration;
        packets.back()->flags = stamp.key ? AV_PKT_FLAG_KEY : 0;
    }
    return packets;
}

/// Frames one after the other from some time on, each group beginning with a key frame.
Stamps clip(std::size_t count, std::int64_t from = 0, std::size_t group = 12) {
    Stamps stamps;
    for (std::size_t i = 0; i < count; ++i)
        stamps.push_back({from + step * static_cast<std::int64_t>(i), i % group == 0});
    return stamps;
}

/// Frames in decoding order as encoders send them, some shown later than what follows; the places
/// in units of a frame.
Stamps reordered(const std::vector<std::int64_t>& places, std::int64_t key_every) {
    Stamps stamps;
    for (const std::int64_t place : places)
        stamps.push_back({step * place, place % key_every == 0});
    return stamps;
}

Stamps joined(Stamps first, const Stamps& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<double> seconds_of(const Dates& dates) {
    std::vector<double> seconds;
    for (const Packet& packet : dates.packets) seconds.push_back(packet.seconds);
    return seconds;
}

/// The stamps as a player without any care for joints reads them.
std::vector<double> as_stated(const Stamps& stamps) {
    const std::int64_t first = std::ranges::min(stamps, {}, &Stamp::pts).pts;
    std::vector<double> seconds;
    for (const Stamp& stamp : stamps)
        seconds.push_back(0.001 * static_cast<double>(stamp.pts - first));
    return seconds;
}

void expect_one_time(const Stamps& stamps, const StatedTime& stated) {
    const auto packets = packets_of(stamps);
    const Dates dates = date_packets(packets, stated);
    std::vector<double> shown = seconds_of(dates);
    std::ranges::sort(shown);
    for (std::size_t i = 0; i < shown.size(); ++i)
        EXPECT_NEAR(shown[i], 0.04 * static_cast<double>(i), 1e-9) << i;
    EXPECT_NEAR(dates.seconds, 0.04 * static_cast<double>(stamps.size()), 1e-9);
    for (std::size_t i = 0; i < stamps.size(); ++i)
        EXPECT_NEAR(static_cast<double>(packets[i]->pts) * dates.tick - dates.origin,
                    dates.packets[i].seconds, 1e-9);
}

TEST(DatePackets, StampsThatBeginAnewGoOn) {
    expect_one_time(joined(clip(25), clip(25)), milliseconds);
    expect_one_time(joined(clip(25, 5'000), clip(25, 1'000)), milliseconds);
    expect_one_time(joined(joined(clip(3), clip(2)), clip(40)), milliseconds);
}

TEST(DatePackets, TheyGoOnWithoutAKeyFrameToo) {
    Stamps second = clip(25);
    second[0].key = false;
    expect_one_time(joined(clip(25), second), milliseconds);
}

TEST(DatePackets, StampsThatOverlapGoOn) {
    expect_one_time(joined(clip(25), clip(25, 600)), milliseconds);
}

const std::vector<std::int64_t> open_groups{0, 4,  2,  1,  3,  8,  6,  5,  7,  12, 10,
                                            9, 11, 16, 14, 13, 15, 20, 18, 17, 19};

TEST(DatePackets, ReorderedFramesGoOnBeforeAndBehindAJoint) {
    const Stamps stamps = reordered(open_groups, 12);
    expect_one_time(joined(stamps, stamps), milliseconds);
    // A clip that begins with frames shown before its first key frame.
    Stamps cut = reordered({12, 10, 9, 11, 16, 14, 13, 15}, 12);
    expect_one_time(joined(stamps, cut), milliseconds);
}

TEST(DatePackets, ReorderedFramesAreDatedAsStated) {
    std::vector<std::int64_t> deepest{0, 17};
    for (std::int64_t i = 16; i > 0; --i) deepest.push_back(i);
    deepest.push_back(24);
    for (const Stamps& stamps :
         {reordered(open_groups, 12), reordered(open_groups, 4), reordered(deepest, 24)})
        for (const StatedTime& stated : {milliseconds, leaping}) {
            const auto packets = packets_of(stamps);
            EXPECT_THAT(seconds_of(date_packets(packets, stated)),
                        Pointwise(DoubleNear(1e-9), as_stated(stamps)));
            for (std::size_t i = 0; i < stamps.size(); ++i)
                EXPECT_EQ(packets[i]->pts, stamps[i].pts);
        }
}

TEST(DatePackets, UnevenTimesAreDatedAsStated) {
    const Stamps stamps{{0, true}, {40}, {41}, {500}, {9'000}, {9'000}, {30'000, true}, {30'040}};
    const Dates dates = date_packets(packets_of(stamps), milliseconds);
    EXPECT_THAT(seconds_of(dates), Pointwise(DoubleNear(1e-9), as_stated(stamps)));
    EXPECT_NEAR(dates.seconds, 30.08, 1e-9);
}

TEST(DatePackets, ALeapIsAJointWhereAFormatMayLeap) {
    const Stamps stamps = joined(clip(25), clip(25, 60'000));
    expect_one_time(stamps, leaping);
    EXPECT_NEAR(date_packets(packets_of(stamps), milliseconds).seconds, 61, 1e-9);
    const Stamps pause = joined(clip(25), clip(25, 9'000));
    EXPECT_NEAR(date_packets(packets_of(pause), leaping).seconds, 10, 1e-9);
}

TEST(DatePackets, StampsOfDecodingServeWhereOthersAreMissing) {
    // MPEG-2 in a program stream: only the first frame of a packet has both.
    Stamps stamps{{0, true, -40},  {120, false, 0},      {40, false, 40},
                  {80, false, 80}, {unknown, true, 120}, {160, false, 160}};
    const auto packets = packets_of(stamps);
    EXPECT_THAT(seconds_of(date_packets(packets, milliseconds)),
                Pointwise(DoubleNear(1e-9), std::vector{0.0, 0.12, 0.04, 0.08, 0.12, 0.16}));

    const auto twice = packets_of(joined(stamps, stamps));
    const Dates dates = date_packets(twice, milliseconds);
    EXPECT_NEAR(dates.packets[6].seconds, 0.2, 1e-9);
    EXPECT_NEAR(dates.packets[10].seconds, 0.32, 1e-9);
    EXPECT_EQ(twice[10]->pts, unknown);
    EXPECT_EQ(twice[10]->dts, 320);
}

TEST(DatePackets, FramesWithoutStampsFollowAtTheStatedRate) {
    for (const Stamps& stamps :
         {Stamps(50, {unknown}), Stamps(50, {7}), joined(clip(49), Stamps{{unknown}})}) {
        const auto packets = packets_of(stamps);
        const Dates dates = date_packets(packets, {0.001, 50, false});
        EXPECT_NEAR(dates.seconds, 1, 1e-9);
        EXPECT_NEAR(dates.packets[49].seconds, 0.98, 1e-9);
        EXPECT_EQ(packets[49]->pts, 49);
    }
    EXPECT_NEAR(date_packets(packets_of(Stamps(50, {unknown})), {0.001, 0, false}).seconds, 2,
                1e-9);
}

TEST(DatePackets, AFrameAlone) {
    for (const Stamp& stamp : {Stamp{90'000, true}, Stamp{unknown, true}}) {
        const Dates dates = date_packets(packets_of({stamp}, 0), milliseconds);
        EXPECT_THAT(seconds_of(dates), ElementsAre(0));
        EXPECT_NEAR(dates.seconds, 0.04, 1e-9);
    }
}

/// Frames that the reader hides.
std::vector<ffmpeg::Packet> hiding(std::vector<ffmpeg::Packet> packets, std::size_t first,
                                   std::size_t end) {
    for (std::size_t i = first; i < end; ++i) packets[i]->flags |= AV_PKT_FLAG_DISCARD;
    return packets;
}

bool is_hidden(const ffmpeg::Packet& packet) { return (packet->flags & AV_PKT_FLAG_DISCARD) != 0; }

TEST(DatePackets, AJoinedFragmentIsNotHidden) {
    for (const std::size_t end : {30U, 50U}) {
        const auto packets = hiding(packets_of(joined(clip(25), clip(25))), 25, end);
        const Dates dates = date_packets(packets, milliseconds);
        EXPECT_NEAR(dates.seconds, 2, 1e-9);
        EXPECT_THAT(packets, Each(testing::ResultOf(is_hidden, false)));
    }
}

TEST(DatePackets, WhatACutIsDecodedFromStaysHidden) {
    // A second cut: its first frame, at 1 s, is decoded from a key frame five frames earlier.
    Stamps stamps = joined(clip(25), clip(25, 800));
    const auto packets = hiding(packets_of(stamps), 25, 30);
    const Dates dates = date_packets(packets, milliseconds);
    EXPECT_THAT(seconds_of(dates), Pointwise(DoubleNear(1e-9), as_stated(stamps)));
    for (std::size_t i = 0; i < packets.size(); ++i)
        EXPECT_EQ(is_hidden(packets[i]), i >= 25 && i < 30) << i;
}

TEST(DatePackets, StampsYearsApartMakeAVideoTooLong) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t from : {most - 2'000, -most, std::int64_t{1} << 49})
        for (const StatedTime& stated : {milliseconds, leaping}) {
            EXPECT_GT(date_packets(packets_of(joined(clip(25), clip(25, from))), stated).seconds,
                      1e9);
            EXPECT_GT(date_packets(packets_of(joined(clip(25, from), clip(25))), stated).seconds,
                      1e9);
        }
    const Dates dates = date_packets(packets_of(joined(clip(25), clip(25)), most), milliseconds);
    EXPECT_GT(dates.seconds, 1e9);
}

}  // namespace
}  // namespace faceward::media
