#include "service/ops/control_group.hpp"

#include <algorithm>
#include <fstream>
#include <ranges>
#include <string>

namespace faceward::ops {
namespace {

using std::filesystem::path;

using Limit = std::optional<double>;

Limit stricter(Limit a, Limit b) {
    if (a && b) return std::min(*a, *b);
    return a ? a : b;
}

/// The strictest limit of `mount` and of every group from there down to `group`.
Limit strictest(const path& mount, const path& group, ReadLimit read) {
    path level = mount;
    Limit limit = read(level);
    for (const path& part : group.lexically_normal().relative_path()) {
        level /= part;
        limit = stricter(limit, read(level));
    }
    return limit;
}

bool lists(std::string_view controllers, std::string_view wanted) {
    return std::ranges::any_of(std::views::split(controllers, ','), [&](const auto& controller) {
        return std::ranges::equal(controller, wanted);
    });
}

}  // namespace

std::optional<double> strictest_limit(const GroupLimit& limit, const path& root) {
    const path mounts = root / "sys/fs/cgroup";
    Limit found;
    std::ifstream memberships(root / "proc/self/cgroup");
    // A line is ID:CONTROLLERS:PATH (cgroups(7)); v2 has no controllers.
    for (std::string line; std::getline(memberships, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const path group = line.substr(second + 1);
        if (controllers.empty())
            found = stricter(found, stricter(strictest(mounts, group, limit.v2),
                                             strictest(mounts / "unified", group, limit.v2)));
        else if (lists(controllers, limit.controller))
            found = stricter(found, strictest(mounts / limit.controller, group, limit.v1));
    }
    return found;
}

}  // namespace faceward::ops
