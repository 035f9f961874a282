#include "service/ops/process_stats.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <vector>

namespace faceward::ops {
namespace {

double unix_now() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

TEST(ProcessStats, TellOfAProcessThatHasJustStarted) {
    const ProcessStats stats = process_stats();
    EXPECT_NEAR(stats.start_seconds, unix_now(), 60);
    EXPECT_GT(stats.resident_bytes, 1U << 20U);
    EXPECT_GE(stats.virtual_bytes, stats.resident_bytes);
    EXPECT_GT(stats.max_descriptors, stats.open_descriptors);
}

TEST(ProcessStats, CountDescriptors) {
    const std::uint64_t before = process_stats().open_descriptors;
    const int opened = ::dup(STDERR_FILENO);
    ASSERT_GE(opened, 0);
    EXPECT_EQ(process_stats().open_descriptors, before + 1);
    ::close(opened);
    EXPECT_EQ(process_stats().open_descriptors, before);
}

TEST(ProcessStats, CountTheTimeOfWork) {
    const double before = process_stats().cpu_seconds;
    const std::clock_t begun = std::clock();
    while (std::clock() - begun < CLOCKS_PER_SEC / 10) {
    }
    EXPECT_NEAR(process_stats().cpu_seconds - before, 0.1, 0.05);
}

}  // namespace
}  // namespace faceward::ops
