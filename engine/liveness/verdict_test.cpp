#include "engine/liveness/verdict.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace faceward::liveness {
namespace {

TEST(Combine, AveragesWithoutTheExtremes) {
    EXPECT_DOUBLE_EQ(combine({-2}), -2);
    EXPECT_DOUBLE_EQ(combine({-1, -3}), -2);
    EXPECT_DOUBLE_EQ(combine({-1, -1, 9, -1, -1}), -1);
    EXPECT_DOUBLE_EQ(combine({-1, -1, -1, -9, -1}), -1);
}

TEST(Combine, AClearStretchCountsAgainstTheRest) {
    const double mixed = combine({-4, -4, -4, -4, 5, 5, 5, -4, -4, -4});
    EXPECT_DOUBLE_EQ(mixed, 3.5);
    EXPECT_LT(combine({-4, -4, 1, -4, 1, -4, 1, -4, -4, -4}), 0);
    // Hardly beyond one half is not clear.
    EXPECT_LT(combine({-4, -4, -4, 1, 1, 1, -4, -4, -4, -4}), 0);
}

}  // namespace
}  // namespace faceward::liveness
