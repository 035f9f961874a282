#pragma once

#include <seccomp.h>

#include <array>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

/// What a build with a sanitizer (FACEWARD_SANITIZE) changes about the lockdown, and all that it
/// changes: decoders keep the stream for errors, to write a report on, and have no limit of memory,
/// which the runtime's shadow would count against. The compiler defines the macros where it builds
/// with -fsanitize and nowhere else, so that no release build comes here.
namespace faceward::media::sanitizer {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool present = true;
/// What the runtime does besides, mostly for a report. `open` finds nothing: Landlock stays.
inline constexpr std::array system_calls{SCMP_SYS(ioctl), SCMP_SYS(open), SCMP_SYS(readlink),
                                         SCMP_SYS(sigaltstack)};
#else
inline constexpr bool present = false;
inline constexpr std::array<int, 0> system_calls{};
#endif

/// Has the runtime read the symbols that a report names functions by, which takes files: once,
/// before decoders are forked.
inline void load_symbols() {
#ifdef __SANITIZE_ADDRESS__
    std::array<char, 256> name{};
    __sanitizer_symbolize_pc(__builtin_return_address(0), "%f", name.data(), name.size());
#endif
}

}  // namespace faceward::media::sanitizer
