#include "engine/media/worker/lockdown.hpp"

#include "engine/media/descriptor.hpp"
#include "engine/media/worker/sanitizer.hpp"

#include <fcntl.h>
#include <grp.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <memory>

namespace faceward::media {
namespace {

bool limit(__rlimit_resource_t resource, rlim_t most) {
    const rlimit both{most, most};
    return ::setrlimit(resource, &both) == 0;
}

/// Bytes of address space that the process has now.
std::uint64_t address_space() {
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// What the server says on its standard streams, decoders must not add to.
bool leave_standard_streams() {
    const Descriptor nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    constexpr std::array streams{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
    return nothing && std::ranges::all_of(streams, [&](int stream) {
               return (sanitizer::present && stream == STDERR_FILENO) ||
                      ::dup2(nothing.get(), stream) == stream;
           });
}

bool drop_root() {
    constexpr id_t nobody = 65534;
    if (::geteuid() != 0) return true;
    return ::setgroups(0, nullptr) == 0 && ::setresgid(nobody, nobody, nobody) == 0 &&
           ::setresuid(nobody, nobody, nobody) == 0;
}

/// A ruleset that handles all accesses the kernel knows and allows none. The kernel's headers may
/// be older than the kernel, so its structure and rights (by version of the interface) stand here;
/// see Documentation/userspace-api/landlock.rst of Linux.
void forbid_files_and_network() {
    struct Ruleset {
        std::uint64_t files;
        std::uint64_t network;
        std::uint64_t scoped;
    };
    constexpr std::uint32_t ask_version = 1;
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_version);
    if (version < 1) return;
    constexpr int first_with_network = 4;
    constexpr int first_with_scopes = 6;
    constexpr std::uint64_t files_of_1 = (1ULL << 13U) - 1;
    Ruleset rules{files_of_1, 0, 0};
    if (version >= 2) rules.files |= 1ULL << 13U;  // refer
    if (version >= 3) rules.files |= 1ULL << 14U;  // truncate
    if (version >= 5) rules.files |= 1ULL << 15U;  // ioctl on devices
    if (version >= first_with_network) rules.network = 3;
    if (version >= first_with_scopes) rules.scoped = 3;
    std::size_t size = sizeof rules.files;
    if (version >= first_with_network) size += sizeof rules.network;
    if (version >= first_with_scopes) size += sizeof rules.scoped;
    const long ruleset = ::syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0) return;
    ::syscall(SYS_landlock_restrict_self, ruleset, 0);
    ::close(static_cast<int>(ruleset));
}

bool allow_only_decoding() {
    constexpr int calls[] = {
        // messages with the server
        SCMP_SYS(recvfrom), SCMP_SYS(sendto), SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close),
        // memory
        SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
        // time, and what libraries ask about the process
        SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getpid), SCMP_SYS(gettid),
        SCMP_SYS(getrandom), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield), SCMP_SYS(futex),
        // ending
        SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction),
        SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall)};
    const std::unique_ptr<void, decltype(&seccomp_release)> filter(
        seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
    if (!filter) return false;
    for (const int call : calls)
        if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) return false;
    for (const int call : sanitizer::system_calls)
        if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) return false;
    // No memory may become code.
    constexpr unsigned protection_argument = 2;
    constexpr scmp_datum_t executable = 4;
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        const scmp_arg_cmp not_executable{protection_argument, SCMP_CMP_MASKED_EQ, executable, 0};
        if (seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &not_executable) != 0)
            return false;
    }
    return seccomp_load(filter.get()) == 0;
}

}  // namespace

Result<void> lock_in(int socket, std::uint64_t max_memory_bytes) {
    // setrlimit's limit on descriptors is the highest number allowed for a new one, plus one.
    const auto no_new_descriptors = static_cast<rlim_t>(socket) + 1;
    const std::uint64_t most_memory = address_space() + max_memory_bytes;
    const bool locked = ::prctl(PR_SET_DUMPABLE, 0) == 0 && leave_standard_streams() &&
                        drop_root() && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                        // A change of user has undone what was set before.
                        ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
    if (!locked) return fail(Fault::internal, "the decoder cannot give up its rights");
    forbid_files_and_network();
    if ((!sanitizer::present && !limit(RLIMIT_AS, most_memory)) || !limit(RLIMIT_FSIZE, 0) ||
        !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NPROC, 0) ||
        !limit(RLIMIT_NOFILE, no_new_descriptors))
        return fail(Fault::internal, "the decoder cannot limit itself");
    if (!allow_only_decoding())
        return fail(Fault::internal, "the kernel does not take the decoder's seccomp filter");
    return {};
}

}  // namespace faceward::media
