#include "service/ops/memory_share.hpp"

#include "service/ops/fake_root_test.hpp"

#include <gtest/gtest.h>

namespace faceward::ops {
namespace {

const Files machine{
    {"proc/meminfo", "MemTotal:  4000000 kB\nHugePages_Total: 0\nMemAvailable:  1000 kB\n"}};

MemoryShare share(Files files) {
    files.insert(machine.begin(), machine.end());
    const FakeRoot root(files);
    return memory_share(root.path());
}

TEST(MemoryShare, isWhatIsAvailableWhereNothingLimitsIt) {
    const MemoryShare all = share({});
    EXPECT_EQ(all.available, 1'024'000U);
    EXPECT_FALSE(all.limit);
    EXPECT_EQ(all.bytes(), 1'024'000U);
}

TEST(MemoryShare, isLimitedByControlGroupsOfBothVersions) {
    EXPECT_EQ(share({{"proc/self/cgroup", "0::/a\n"},
                     {"sys/fs/cgroup/memory.max", "max\n"},
                     {"sys/fs/cgroup/a/memory.max", "500000\n"}})
                  .bytes(),
              500'000U);
    EXPECT_EQ(share({{"proc/self/cgroup", "3:memory:/a\n"},
                     {"sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"},
                     {"sys/fs/cgroup/memory/a/memory.limit_in_bytes", "600000\n"}})
                  .bytes(),
              600'000U);
}

TEST(MemoryShare, isNoMoreThanTheMachineHas) {
    EXPECT_EQ(
        share({{"proc/self/cgroup", "0::/\n"}, {"sys/fs/cgroup/memory.max", "9000000\n"}}).bytes(),
        1'024'000U);
}

TEST(MemoryShare, ofThisMachineIsSomething) { EXPECT_GT(memory_share().bytes(), 1U << 20U); }

}  // namespace
}  // namespace faceward::ops
