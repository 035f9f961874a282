#include "service/ops/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

namespace faceward::ops {

bool is_loopback(const std::string& host) {
    if (host == "localhost") return true;
    in_addr ipv4{};
    if (inet_pton(AF_INET, host.c_str(), &ipv4) == 1) return ntohl(ipv4.s_addr) >> 24U == 127;
    in6_addr ipv6{};
    return inet_pton(AF_INET6, host.c_str(), &ipv6) == 1 && IN6_IS_ADDR_LOOPBACK(&ipv6);
}

}  // namespace faceward::ops
