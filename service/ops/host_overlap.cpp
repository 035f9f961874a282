#include "service/ops/host_overlap.hpp"

#include "service/ops/webhook_address.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace faceward::ops {
namespace {

constexpr Address every_ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr Address every_address{};

std::optional<Address> literal(const std::string& host) {
    if (const auto ipv4 = to_address(host)) return ipv4;
    return to_address('[' + host + ']');
}

/// Those that a host is known to be; none for a name.
std::vector<Address> known_addresses(const std::string& host) {
    if (host == "localhost") return {literal("127.0.0.1").value(), literal("::1").value()};
    if (const auto address = literal(host)) return {*address};
    return {};
}

bool is_ipv4(const Address& address) {
    return std::equal(address.begin(), address.begin() + 12, every_ipv4.begin());
}

bool stands_for(const std::string& all, const std::string& host) {
    const auto address = literal(all);
    if (address == every_address) return true;
    const auto known = known_addresses(host);
    return address == every_ipv4 && (known.empty() || std::ranges::any_of(known, is_ipv4));
}

}  // namespace

bool hosts_overlap(const std::string& one, const std::string& other) {
    const auto known = known_addresses(other);
    const auto is_shared = [&](const Address& address) {
        return std::ranges::find(known, address) != known.end();
    };
    return one == other || stands_for(one, other) || stands_for(other, one) ||
           std::ranges::any_of(known_addresses(one), is_shared);
}

}  // namespace faceward::ops
