#pragma once

#include "engine/result.hpp"

#include <cstdint>

namespace faceward::media {

/// Gives up, for ever, everything that decoding does not need: other users' and the own files
/// (Landlock, where the kernel has it), root's identity, new descriptors, core files, more than
/// `max_memory_bytes` beyond what the process has, and every system call but those that a decoder
/// of pictures and videos makes (seccomp; another one kills the process). Descriptors other than
/// `socket` must be closed already. Fails with `internal` when the kernel refuses one of the
/// mandatory locks; Landlock is best effort.
Result<void> lock_in(int socket, std::uint64_t max_memory_bytes);

}  // namespace faceward::media
