#include "service/ops/webhook_address.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>

namespace faceward::ops {
namespace {

bool is_public_host(const std::string& host) {
    const auto address = to_address(host);
    EXPECT_TRUE(address) << host;
    return address && is_public(*address);
}

TEST(WebhookAddress, ofAPublicHost) {
    for (const char* host : {"1.0.0.1",         "9.255.255.255",     "11.0.0.0",
                             "100.63.255.255",  "100.128.0.0",       "126.255.255.255",
                             "128.0.0.0",       "169.253.255.255",   "169.255.0.0",
                             "172.15.255.255",  "172.32.0.0",        "192.0.1.0",
                             "192.167.255.255", "192.169.0.0",       "198.17.255.255",
                             "198.20.0.0",      "223.255.255.255",   "[2000::1]",
                             "[2001:200::1]",   "[2606:4700::1111]", "[2a00:1450:4001:80b::200e]",
                             "[3ffe::1]",       "[::ffff:8.8.8.8]",  "[64:ff9b::8.8.8.8]"})
        EXPECT_TRUE(is_public_host(host)) << host;
}

TEST(WebhookAddress, ofAHostThatIsNotPublic) {
    for (const char* host :
         {"0.0.0.0",         "0.1.2.3",         "10.0.0.0",        "10.255.255.255",
          "100.64.0.0",      "100.127.255.255", "127.0.0.1",       "127.255.255.255",
          "169.254.0.0",     "169.254.169.254", "172.16.0.0",      "172.31.255.255",
          "192.0.0.1",       "192.0.2.1",       "192.88.99.1",     "192.168.0.0",
          "192.168.255.255", "198.18.0.0",      "198.19.255.255",  "198.51.100.1",
          "203.0.113.1",     "224.0.0.1",       "239.255.255.255", "240.0.0.1",
          "255.255.255.255"}) {
        EXPECT_FALSE(is_public_host(host)) << host;
        for (const std::string prefix : {"::ffff:", "64:ff9b::", "::", "64:ff9b:1::", "2002::"})
            EXPECT_FALSE(is_public_host("[" + prefix + host + "]")) << prefix << host;
    }
}

TEST(WebhookAddress, ofAnIpv6HostThatIsNotPublic) {
    for (const char* host : {"[::]",
                             "[::1]",
                             "[::8.8.8.8]",
                             "[100::1]",
                             "[1fff::1]",
                             "[2001::1]",
                             "[2001:0:4136:e378::1]",
                             "[2001:1ff:ffff::1]",
                             "[2001:db8::1]",
                             "[2002:808:808::1]",
                             "[3fff::1]",
                             "[4000::1]",
                             "[5f00::1]",
                             "[64:ff9b:0:1::8.8.8.8]",
                             "[64:ff9b:1::8.8.8.8]",
                             "[fc00::1]",
                             "[fd12:3456::1]",
                             "[fe80::1]",
                             "[febf::1]",
                             "[fec0::1]",
                             "[ff02::1]"})
        EXPECT_FALSE(is_public_host(host)) << host;
}

TEST(WebhookAddress, isReadFromHostsThatAreAddresses) {
    for (const char* host : {"localhost", "example.com", "::1", "[]", "[127.0.0.1]", "1.2.3", ""})
        EXPECT_FALSE(to_address(std::string(host))) << host;
}

TEST(WebhookAddress, isReadFromSocketAddresses) {
    sockaddr_in ipv4{};
    ipv4.sin_family = AF_INET;
    ipv4.sin_addr.s_addr = htonl(0x01020304);
    sockaddr_in6 ipv6{};
    ipv6.sin6_family = AF_INET6;
    ipv6.sin6_addr = in6addr_loopback;
    sockaddr_un local{};
    local.sun_family = AF_UNIX;

    const auto read = [](const auto& address, std::size_t length) {
        return to_address(reinterpret_cast<const sockaddr*>(&address),
                          static_cast<socklen_t>(length));
    };
    EXPECT_EQ(read(ipv4, sizeof(ipv4)), to_address(std::string("1.2.3.4")));
    EXPECT_EQ(read(ipv6, sizeof(ipv6)), to_address(std::string("[::1]")));
    EXPECT_FALSE(read(ipv4, sizeof(ipv4) - 1));
    EXPECT_FALSE(read(ipv6, sizeof(ipv6) - 1));
    EXPECT_FALSE(read(local, sizeof(local)));
}

}  // namespace
}  // namespace faceward::ops
