#pragma once

#include <string>

namespace faceward::ops {

/// Whether two that listen on these hosts cannot have the same port: the hosts are written alike,
/// are the same address, or one stands for all addresses of the other's kind ("0.0.0.0" for IPv4,
/// "::" for both). "localhost" is 127.0.0.1 and ::1 (RFC 6761 §6.3); what other names lead to is
/// not looked up, so that only a host that stands for all overlaps with them.
bool hosts_overlap(const std::string& one, const std::string& other);

}  // namespace faceward::ops
