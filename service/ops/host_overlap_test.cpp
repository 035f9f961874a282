#include "service/ops/host_overlap.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace faceward::ops {
namespace {

using Hosts = std::pair<const char*, const char*>;

TEST(HostOverlap, IsThereWhereOnePortCannotServeBoth) {
    for (const auto& [one, other] :
         {Hosts{"127.0.0.1", "127.0.0.1"}, Hosts{"::1", "0:0:0:0:0:0:0:1"},
          Hosts{"192.0.2.1", "::ffff:192.0.2.1"}, Hosts{"0.0.0.0", "127.0.0.1"},
          Hosts{"0.0.0.0", "faceward.example"}, Hosts{"0.0.0.0", "localhost"},
          Hosts{"::", "0.0.0.0"}, Hosts{"::", "127.0.0.1"}, Hosts{"::", "::1"},
          Hosts{"localhost", "127.0.0.1"}, Hosts{"localhost", "::1"},
          Hosts{"faceward.example", "faceward.example"}}) {
        EXPECT_TRUE(hosts_overlap(one, other)) << one << " and " << other;
        EXPECT_TRUE(hosts_overlap(other, one)) << other << " and " << one;
    }
}

TEST(HostOverlap, IsNotThereBetweenOtherHosts) {
    for (const auto& [one, other] :
         {Hosts{"127.0.0.1", "127.0.0.2"}, Hosts{"127.0.0.1", "::1"}, Hosts{"0.0.0.0", "::1"},
          Hosts{"localhost", "127.0.0.2"}, Hosts{"192.0.2.1", "faceward.example"},
          Hosts{"faceward.example", "admin.example"}}) {
        EXPECT_FALSE(hosts_overlap(one, other)) << one << " and " << other;
        EXPECT_FALSE(hosts_overlap(other, one)) << other << " and " << one;
    }
}

}  // namespace
}  // namespace faceward::ops
