#pragma once

#include <cstdint>

namespace faceward::ops {

/// What the kernel tells of this process alone, without its children; 0 for what cannot be read.
struct ProcessStats {
    double cpu_seconds = 0;    ///< user and system time
    double start_seconds = 0;  ///< Unix time of its start
    std::uint64_t resident_bytes = 0;
    std::uint64_t virtual_bytes = 0;
    std::uint64_t open_descriptors = 0;
    std::uint64_t max_descriptors = 0;  ///< the soft limit
};

/// From /proc/self (proc(5)).
ProcessStats process_stats();

}  // namespace faceward::ops
