#include "service/ops/cpu_share.hpp"

#include "service/ops/control_group.hpp"

#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <thread>

namespace faceward::ops {
namespace {

using std::filesystem::path;

using Quota = std::optional<double>;

Quota ratio(double quota_us, double period_us) {
    return quota_us > 0 && period_us > 0 ? Quota(quota_us / period_us) : std::nullopt;
}

/// cgroup v2: "max 100000" or "350000 100000".
Quota read_v2(const path& group) {
    std::ifstream file(group / "cpu.max");
    double quota = 0;
    double period = 0;
    return file >> quota >> period ? ratio(quota, period) : std::nullopt;
}

/// cgroup v1: a quota of -1 is no limit.
Quota read_v1(const path& group) {
    std::ifstream quota_file(group / "cpu.cfs_quota_us");
    std::ifstream period_file(group / "cpu.cfs_period_us");
    double quota = 0;
    double period = 0;
    return quota_file >> quota && period_file >> period ? ratio(quota, period) : std::nullopt;
}

}  // namespace

std::size_t CpuShare::cores() const {
    if (!quota) return affinity;
    const double whole = std::max(std::floor(*quota), 1.0);
    return whole < static_cast<double>(affinity) ? static_cast<std::size_t>(whole) : affinity;
}

std::string CpuShare::explain() const {
    return fmt::format(
        "{} core{} by affinity, {}", affinity, affinity == 1 ? "" : "s",
        quota ? fmt::format("cgroup quota {:.4g} cores", *quota) : "no cgroup quota");
}

std::size_t affinity_cores() {
    constexpr int most_cpus = 65'536;
    const std::unique_ptr<cpu_set_t, void (*)(cpu_set_t*)> mask(
        CPU_ALLOC(most_cpus), [](cpu_set_t* set) { CPU_FREE(set); });
    const std::size_t bytes = CPU_ALLOC_SIZE(most_cpus);
    if (mask && sched_getaffinity(0, bytes, mask.get()) == 0)
        return static_cast<std::size_t>(std::max(CPU_COUNT_S(bytes, mask.get()), 1));
    return std::max(std::thread::hardware_concurrency(), 1U);
}

std::optional<double> cgroup_quota(const path& root) {
    return strictest_limit({"cpu", &read_v1, &read_v2}, root);
}

CpuShare cpu_share() { return {affinity_cores(), cgroup_quota()}; }

}  // namespace faceward::ops
