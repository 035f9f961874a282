#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace faceward::ops {

/// How much of the machine's memory this process may use, in bytes.
struct MemoryShare {
    std::uint64_t available = 0;         ///< on the machine, without swapping
    std::optional<std::uint64_t> limit;  ///< of its control groups; nothing: none

    /// The smaller of both.
    std::uint64_t bytes() const;
};

/// From proc/meminfo and the control groups (memory.max of cgroup v2, memory.limit_in_bytes of v1)
/// under `root`.
MemoryShare memory_share(const std::filesystem::path& root = "/");

}  // namespace faceward::ops
