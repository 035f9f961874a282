#include "service/ops/loopback.hpp"

#include <gtest/gtest.h>

namespace faceward::ops {
namespace {

TEST(Loopback, IsThisMachineAlone) {
    for (const char* host : {"localhost", "127.0.0.1", "127.8.9.10", "::1"})
        EXPECT_TRUE(is_loopback(host)) << host;
    for (const char* host : {"", "0.0.0.0", "::", "192.168.0.1", "128.0.0.1", "localhost.example",
                             "127.example", "::ffff:192.0.2.1"})
        EXPECT_FALSE(is_loopback(host)) << host;
}

}  // namespace
}  // namespace faceward::ops
