#include "service/ops/process_stats.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <system_error>

namespace faceward::ops {
namespace {

/// Fields of /proc/self/stat from the third on; the second is a name that may hold anything.
std::istringstream stat_fields() {
    std::ifstream file("/proc/self/stat");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t name_end = text.rfind(')');
    return std::istringstream(name_end == std::string::npos ? "" : text.substr(name_end + 1));
}

/// When the system was started, in Unix time.
double boot_seconds() {
    timespec up{};
    if (::clock_gettime(CLOCK_BOOTTIME, &up) != 0) return 0;
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    return now.count() - static_cast<double>(up.tv_sec) - static_cast<double>(up.tv_nsec) / 1e9;
}

std::uint64_t count_descriptors() {
    std::error_code error;
    const std::filesystem::directory_iterator all("/proc/self/fd", error);
    if (error) return 0;
    // One of them is the folder's own, while it is read.
    return static_cast<std::uint64_t>(std::distance(begin(all), end(all))) - 1;
}

}  // namespace

ProcessStats process_stats() {
    constexpr int fields_before_times = 11;  // state … cmajflt
    constexpr int fields_before_start = 6;   // cutime … itrealvalue
    ProcessStats stats;
    std::istringstream fields = stat_fields();
    std::string skipped;
    double user = 0;
    double system = 0;
    double start = 0;
    std::uint64_t pages = 0;
    for (int i = 0; i < fields_before_times; ++i) fields >> skipped;
    fields >> user >> system;
    for (int i = 0; i < fields_before_start; ++i) fields >> skipped;
    if (fields >> start >> stats.virtual_bytes >> pages) {
        const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
        stats.cpu_seconds = (user + system) / ticks;
        stats.start_seconds = boot_seconds() + start / ticks;
        stats.resident_bytes = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    }
    stats.open_descriptors = count_descriptors();
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) stats.max_descriptors = limit.rlim_cur;
    return stats;
}

}  // namespace faceward::ops
