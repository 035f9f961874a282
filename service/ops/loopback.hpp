#pragma once

#include <string>

namespace faceward::ops {

/// Whether who listens on this host is reached from this machine alone: "localhost" (RFC 6761
/// §6.3), an address of 127.0.0.0/8, or ::1. Any other name counts as reachable from elsewhere.
bool is_loopback(const std::string& host);

}  // namespace faceward::ops
