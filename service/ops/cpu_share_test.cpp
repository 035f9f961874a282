#include "service/ops/cpu_share.hpp"

#include "service/ops/fake_root_test.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <fstream>
#include <map>
#include <string>
#include <thread>

namespace faceward::ops {
namespace {

struct Case {
    const char* what;
    Files files;
    std::optional<double> quota;
};

TEST(CgroupQuota, isTheStrictestOnTheWayToTheRoot) {
    const std::string v1_memberships = "3:memory:/docker/a\n2:cpu,cpuacct:/docker/a\n1:cpuset:/\n";
    const Case cases[] = {
        {"no control groups", {}, {}},
        {"v2 without a limit",
         {{"proc/self/cgroup", "0::/\n"}, {"sys/fs/cgroup/cpu.max", "max 100000\n"}},
         {}},
        {"v2, own namespace",
         {{"proc/self/cgroup", "0::/\n"}, {"sys/fs/cgroup/cpu.max", "350000 100000\n"}},
         3.5},
        {"v2, the parent is stricter",
         {{"proc/self/cgroup", "0::/a.slice/b.scope\n"},
          {"sys/fs/cgroup/a.slice/cpu.max", "150000 100000\n"},
          {"sys/fs/cgroup/a.slice/b.scope/cpu.max", "400000 100000\n"}},
         1.5},
        {"v2, the own group is stricter",
         {{"proc/self/cgroup", "0::/a.slice/b.scope\n"},
          {"sys/fs/cgroup/a.slice/cpu.max", "max 100000\n"},
          {"sys/fs/cgroup/a.slice/b.scope/cpu.max", "25000 50000\n"}},
         0.5},
        {"v2, another group does not count",
         {{"proc/self/cgroup", "0::/a\n"}, {"sys/fs/cgroup/b/cpu.max", "100000 100000\n"}},
         {}},
        {"v2, a group outside the namespace",
         {{"proc/self/cgroup", "0::/../b\n"}, {"sys/fs/cgroup/cpu.max", "200000 100000\n"}},
         2.0},
        {"v1, own group",
         {{"proc/self/cgroup", v1_memberships},
          {"sys/fs/cgroup/cpu/docker/a/cpu.cfs_quota_us", "250000\n"},
          {"sys/fs/cgroup/cpu/docker/a/cpu.cfs_period_us", "100000\n"}},
         2.5},
        {"v1, the container's group is the mounted root",
         {{"proc/self/cgroup", v1_memberships},
          {"sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000\n"},
          {"sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"}},
         1.0},
        {"v1 without a limit",
         {{"proc/self/cgroup", v1_memberships},
          {"sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n"},
          {"sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"}},
         {}},
        {"hybrid, v2 beside v1",
         {{"proc/self/cgroup", "1:cpu:/\n0::/x\n"},
          {"sys/fs/cgroup/cpu/cpu.cfs_quota_us", "300000\n"},
          {"sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"},
          {"sys/fs/cgroup/unified/x/cpu.max", "200000 100000\n"}},
         2.0},
        {"cpuset is not cpu",
         {{"proc/self/cgroup", "1:cpuset,cpuacct:/\n"},
          {"sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000\n"},
          {"sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"}},
         {}},
        {"nonsense",
         {{"proc/self/cgroup", "\n:\nhello\n0::/\n"}, {"sys/fs/cgroup/cpu.max", "0 0\n"}},
         {}},
    };
    for (const Case& c : cases)
        EXPECT_EQ(cgroup_quota(FakeRoot(c.files).path()), c.quota) << c.what;
}

TEST(CpuShare, countsWholeCoresOfTheLowerLimit) {
    const struct {
        CpuShare share;
        std::size_t cores;
        const char* text;
    } cases[] = {
        {{8, {}}, 8, "8 cores by affinity, no cgroup quota"},
        {{8, 3.5}, 3, "8 cores by affinity, cgroup quota 3.5 cores"},
        {{2, 3.5}, 2, "2 cores by affinity, cgroup quota 3.5 cores"},
        {{1, 0.25}, 1, "1 core by affinity, cgroup quota 0.25 cores"},
        {{4, 1e18}, 4, "4 cores by affinity, cgroup quota 1e+18 cores"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(c.share.cores(), c.cores) << c.text;
        EXPECT_EQ(c.share.explain(), c.text);
    }
}

TEST(AffinityCores, followTheMaskOfTheThread) {
    std::thread([] {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(sched_getcpu(), &one);
        ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
        EXPECT_EQ(affinity_cores(), 1U);
    }).join();
}

}  // namespace
}  // namespace faceward::ops
