#include "engine/media/worker/frame_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace faceward::media {
namespace {

using testing::ElementsAre;

constexpr std::int64_t small = 640 * 480;
constexpr std::int64_t hd = 1280 * 720;

/// A clip of `count` frames, 25 a second, in groups of `group`.
std::vector<Packet> clip(std::size_t count, std::size_t group, std::size_t bytes = 1'000) {
    std::vector<Packet> packets;
    for (std::size_t i = 0; i < count; ++i)
        packets.push_back({static_cast<double>(i) / 25, bytes, i % group == 0});
    return packets;
}

std::size_t frames_of(const FramePlan& plan) {
    std::size_t count = 0;
    for (const PlannedGroup& group : plan.groups) count += group.times.size();
    return count;
}

TEST(SpreadOver, TakesTheMiddlesOfEqualStretches) {
    EXPECT_THAT(spread_over(10, 5), ElementsAre(1, 3, 5, 7, 9));
    EXPECT_THAT(spread_over(3, 5), ElementsAre(0, 1, 2));
    EXPECT_THAT(spread_over(100, 1), ElementsAre(50));
    EXPECT_TRUE(spread_over(0, 5).empty());
}

TEST(PlanFrames, SpreadsOverAShortClip) {
    const FramePlan plan = plan_frames(clip(100, 30), small, 10, Way::automatic);
    EXPECT_EQ(frames_of(plan), 10);
    EXPECT_TRUE(plan.skip_non_reference);
    EXPECT_EQ(plan.groups.size(), 4);
    EXPECT_NEAR(plan.groups.front().times.front(), 0.2, 0.02);
    EXPECT_NEAR(plan.groups.back().times.back(), 3.76, 0.02);
}

TEST(PlanFrames, TakesBurstsWhereTheWholeIsDear) {
    const FramePlan plan = plan_frames(clip(120, 30, 50'000), hd, 10, Way::automatic);
    EXPECT_FALSE(plan.skip_non_reference);
    ASSERT_EQ(plan.groups.size(), 4);
    for (const PlannedGroup& group : plan.groups) EXPECT_EQ(group.times.size(), 3);
}

TEST(PlanFrames, SpreadsWhereGroupsAreFew) {
    const FramePlan plan = plan_frames(clip(120, 120, 50'000), hd, 10, Way::automatic);
    EXPECT_TRUE(plan.skip_non_reference);
    ASSERT_EQ(plan.groups.size(), 1);
    EXPECT_EQ(plan.groups.front().times.size(), 10);
}

TEST(PlanFrames, TakesKeyFramesWhereTheyAreMany) {
    const FramePlan plan = plan_frames(clip(100, 1), small, 10, Way::automatic);
    ASSERT_EQ(plan.groups.size(), 10);
    for (const PlannedGroup& group : plan.groups) {
        EXPECT_EQ(group.end, group.first + 1);
        EXPECT_EQ(group.times.size(), 1);
    }
}

TEST(PlanFrames, TakesAllOfFewFrames) {
    const FramePlan plan = plan_frames(clip(4, 4), small, 10, Way::automatic);
    EXPECT_EQ(frames_of(plan), 4);
    EXPECT_FALSE(plan.skip_non_reference);
}

TEST(PlanFrames, HoldsForFramesOutOfOrder) {
    // I P B B, as H.264 sends them.
    const std::vector<Packet> packets{
        {0, 10, true}, {0.12, 10, false}, {0.04, 10, false}, {0.08, 10, false}};
    const FramePlan plan = plan_frames(packets, small, 4, Way::spread);
    ASSERT_EQ(plan.groups.size(), 1);
    EXPECT_THAT(plan.groups.front().times, ElementsAre(0, 0.04, 0.08, 0.12));
}

TEST(PlanFrames, TimesOfAGroupAscendAndLieInIt) {
    for (const std::size_t count : {1U, 2U, 7U, 50U, 333U})
        for (const std::size_t group : {1U, 3U, 12U, 400U})
            for (const std::size_t wanted : {1U, 3U, 10U, 25U})
                for (const Way way : {Way::automatic, Way::spread, Way::burst}) {
                    const auto packets = clip(count, group);
                    const FramePlan plan = plan_frames(packets, small, wanted, way);
                    EXPECT_GE(frames_of(plan),
                              std::min<std::size_t>(count, way == Way::burst ? 1 : wanted));
                    for (const PlannedGroup& g : plan.groups) {
                        EXPECT_TRUE(std::ranges::is_sorted(g.times));
                        EXPECT_LE(packets[g.first].seconds, g.times.front());
                        EXPECT_LE(g.times.back(), packets[g.end - 1].seconds + 0.04);
                    }
                }
}

TEST(PlanFrames, NothingOfNothing) {
    EXPECT_TRUE(plan_frames({}, small, 10, Way::automatic).groups.empty());
    EXPECT_TRUE(plan_frames(clip(10, 5), small, 0, Way::automatic).groups.empty());
}

}  // namespace
}  // namespace faceward::media
