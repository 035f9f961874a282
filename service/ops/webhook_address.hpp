#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace faceward::ops {

/// An IPv6 address in network order; an IPv4 address a.b.c.d is ::ffff:a.b.c.d.
using Address = std::array<std::uint8_t, 16>;

/// The address in a socket address; nothing if it is of another family than IPv4 and IPv6, or cut
/// off.
std::optional<Address> to_address(const sockaddr* address, socklen_t length);

/// The address that a URL's host is written as ("192.0.2.1", "[2001:db8::1]"); nothing for a name.
std::optional<Address> to_address(const std::string& host);

/// Whether an address is one of a host on the public Internet: not loopback, private, link-local,
/// shared (RFC 6598), multicast, unspecified or reserved (the registries of RFC 6890), nor an IPv6
/// form of such an IPv4 address. Tunnels into IPv4 (6to4, Teredo) are not public; NAT64 and
/// IPv4-mapped addresses are what their IPv4 address is.
bool is_public(const Address& address);

}  // namespace faceward::ops
