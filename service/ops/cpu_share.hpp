#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace faceward::ops {

/// How much of the machine's processors this process may use.
struct CpuShare {
    std::size_t affinity;  ///< cores in the affinity mask, at least 1
    std::optional<double>
        quota;  ///< cores worth of time that control groups allow; nothing: no limit

    /// Cores that can be kept busy without being throttled: the whole cores of both, at least 1.
    std::size_t cores() const;

    /// For the log: "2 cores by affinity, cgroup quota 3.5 cores".
    std::string explain() const;
};

/// Cores in this process's affinity mask (sched_getaffinity(2)); control group cpusets show in it.
std::size_t affinity_cores();

/// The strictest CPU quota of this process's control groups (`strictest_limit`): cpu.max of cgroup
/// v2, CFS quota and period of v1.
std::optional<double> cgroup_quota(const std::filesystem::path& root = "/");

/// Both, for this process.
CpuShare cpu_share();

}  // namespace faceward::ops
