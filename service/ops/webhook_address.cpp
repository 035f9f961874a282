#include "service/ops/webhook_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

namespace faceward::ops {
namespace {

/// The addresses whose first `length` bits are those of `bits`.
template <class Bits>
struct Prefix {
    Bits bits;
    int length;

    constexpr bool holds(Bits address) const {
        const int others = static_cast<int>(8 * sizeof(Bits)) - length;
        return address >> others == bits >> others;
    }
};

constexpr std::array<Prefix<std::uint32_t>, 15> special_ipv4{{
    {0x00000000, 8},   // 0/8: this network
    {0x0A000000, 8},   // 10/8: private
    {0x64400000, 10},  // 100.64/10: shared by a provider's customers
    {0x7F000000, 8},   // 127/8: loopback
    {0xA9FE0000, 16},  // 169.254/16: link-local, a cloud's metadata service
    {0xAC100000, 12},  // 172.16/12: private
    {0xC0000000, 24},  // 192.0.0/24: protocol assignments
    {0xC0000200, 24},  // 192.0.2/24: documentation
    {0xC0586300, 24},  // 192.88.99/24: 6to4 relays
    {0xC0A80000, 16},  // 192.168/16: private
    {0xC6120000, 15},  // 198.18/15: benchmarks
    {0xC6336400, 24},  // 198.51.100/24: documentation
    {0xCB007100, 24},  // 203.0.113/24: documentation
    {0xE0000000, 4},   // 224/4: multicast
    {0xF0000000, 4},   // 240/4: reserved, broadcast
}};

/// By the first half of the address. All that is global unicast lies in 2000::/3.
constexpr Prefix<std::uint64_t> global_unicast{0x2000'0000'0000'0000, 3};
constexpr std::array<Prefix<std::uint64_t>, 4> special_ipv6{{
    {0x2001'0000'0000'0000, 23},  // 2001::/23: protocol assignments, Teredo
    {0x2001'0DB8'0000'0000, 32},  // 2001:db8::/32: documentation
    {0x2002'0000'0000'0000, 16},  // 2002::/16: 6to4
    {0x3FFF'0000'0000'0000, 20},  // 3fff::/20: documentation
}};
constexpr std::uint64_t nat64 = 0x0064'FF9B'0000'0000;  // 64:ff9b::/96
constexpr std::uint32_t mapped = 0x0000'FFFF;           // ::ffff:0:0/96

template <class Bits>
Bits big_endian(const std::uint8_t* bytes) {
    Bits bits = 0;
    for (std::size_t i = 0; i < sizeof(Bits); ++i) bits = bits << 8U | bytes[i];
    return bits;
}

template <class Prefixes, class Bits>
bool in_any(const Prefixes& prefixes, Bits address) {
    return std::ranges::any_of(prefixes, [=](const auto& p) { return p.holds(address); });
}

Address from_ipv4(const in_addr& ipv4) {
    Address address{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    std::memcpy(&address[12], &ipv4, sizeof(ipv4));
    return address;
}

Address from_ipv6(const in6_addr& ipv6) {
    Address address{};
    std::memcpy(address.data(), &ipv6, sizeof(ipv6));
    return address;
}

}  // namespace

std::optional<Address> to_address(const sockaddr* address, socklen_t length) {
    if (address->sa_family == AF_INET && length >= sizeof(sockaddr_in)) {
        sockaddr_in ipv4{};
        std::memcpy(&ipv4, address, sizeof(ipv4));
        return from_ipv4(ipv4.sin_addr);
    }
    if (address->sa_family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
        sockaddr_in6 ipv6{};
        std::memcpy(&ipv6, address, sizeof(ipv6));
        return from_ipv6(ipv6.sin6_addr);
    }
    return std::nullopt;
}

std::optional<Address> to_address(const std::string& host) {
    in_addr ipv4{};
    if (inet_pton(AF_INET, host.c_str(), &ipv4) == 1) return from_ipv4(ipv4);
    if (!host.starts_with('[') || !host.ends_with(']')) return std::nullopt;
    in6_addr ipv6{};
    const std::string inner = host.substr(1, host.size() - 2);
    if (inet_pton(AF_INET6, inner.c_str(), &ipv6) == 1) return from_ipv6(ipv6);
    return std::nullopt;
}

bool is_public(const Address& address) {
    const auto first_half = big_endian<std::uint64_t>(address.data());
    const auto third_quarter = big_endian<std::uint32_t>(&address[8]);
    const bool holds_ipv4 =
        (first_half == 0 && third_quarter == mapped) || (first_half == nat64 && third_quarter == 0);
    if (holds_ipv4) return !in_any(special_ipv4, big_endian<std::uint32_t>(&address[12]));
    return global_unicast.holds(first_half) && !in_any(special_ipv6, first_half);
}

}  // namespace faceward::ops
