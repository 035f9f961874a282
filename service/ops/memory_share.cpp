#include "service/ops/memory_share.hpp"

#include "service/ops/control_group.hpp"

#include <algorithm>
#include <fstream>
#include <string>

namespace faceward::ops {
namespace {

using std::filesystem::path;

/// A number of bytes; "max" is none.
std::optional<double> read_bytes(const path& file) {
    std::ifstream stream(file);
    double bytes = 0;
    return stream >> bytes ? std::optional(bytes) : std::nullopt;
}

/// Without a limit, v1 says the largest number of pages that can be counted.
std::optional<double> read_v1(const path& group) {
    constexpr double unlimited = 1e18;
    const auto bytes = read_bytes(group / "memory.limit_in_bytes");
    return bytes && *bytes < unlimited ? bytes : std::nullopt;
}

std::optional<double> read_v2(const path& group) { return read_bytes(group / "memory.max"); }

std::uint64_t available(const path& root) {
    std::ifstream file(root / "proc/meminfo");
    std::string name;
    std::uint64_t kibibytes = 0;
    for (std::string rest; file >> name >> kibibytes; std::getline(file, rest))
        if (name == "MemAvailable:") return kibibytes * 1024;
    return 0;
}

}  // namespace

std::uint64_t MemoryShare::bytes() const { return limit ? std::min(*limit, available) : available; }

MemoryShare memory_share(const path& root) {
    MemoryShare share{available(root), {}};
    if (const auto limit = strictest_limit({"memory", &read_v1, &read_v2}, root))
        share.limit = static_cast<std::uint64_t>(*limit);
    return share;
}

}  // namespace faceward::ops
