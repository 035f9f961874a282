#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace faceward::ops {

/// Reads a limit of one control group, given its folder; nothing where there is none.
using ReadLimit = std::optional<double> (*)(const std::filesystem::path& group);

/// How the limit of a controller is read: its name, and by version of control groups.
struct GroupLimit {
    std::string_view controller;
    ReadLimit v1;
    ReadLimit v2;
};

/// The strictest limit from this process's own control group up to the root, of cgroup v2, of v1,
/// or of both on a hybrid system. Reads proc/self/cgroup and sys/fs/cgroup under `root`; where the
/// own group is not visible there (a container without a cgroup namespace), the mounted root is the
/// container's group.
std::optional<double> strictest_limit(const GroupLimit& limit,
                                      const std::filesystem::path& root = "/");

}  // namespace faceward::ops
