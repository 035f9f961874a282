#include "service/ops/kernel_features.hpp"

#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace faceward::ops {

KernelFeatures kernel_features() {
    constexpr std::uint32_t ask_landlock_version = 1;
    KernelFeatures features;
    utsname system{};
    if (::uname(&system) == 0) features.release = std::begin(system.release);
    const long landlock = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_landlock_version);
    features.landlock = static_cast<int>(std::max(landlock, 0L));
    const std::uint32_t action = SECCOMP_RET_KILL_PROCESS;
    features.seccomp_kills = ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
    return features;
}

}  // namespace faceward::ops
