#include "engine/liveness/verdict.hpp"

#include "engine/liveness/same_person.hpp"

#include <gtest/gtest.h>

#include <cmath>
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

/// A unit vector of two dimensions.
TrackPoint towards(double degrees, std::size_t frame = 0, bool frontal = true) {
    const double angle = degrees * std::acos(-1) / 180;
    return {
        frame, frontal, {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))}};
}

TEST(AnotherPerson, IsNoneWhereFacesAreAlike) {
    const std::vector<TrackPoint> track{towards(0), towards(20), towards(-20), towards(10)};
    EXPECT_EQ(another_person(track, 0.3), std::nullopt);
    EXPECT_EQ(another_person({}, 0.3), std::nullopt);
}

TEST(AnotherPerson, IsFoundWhereOneGivesWayToAnother) {
    const std::vector<TrackPoint> track{towards(0), towards(10), towards(90), towards(100)};
    EXPECT_EQ(another_person(track, 0.3), 2);
    EXPECT_EQ(another_person(std::vector{towards(0), towards(95)}, 0.3), 1);
}

TEST(AnotherPerson, IsFoundBetweenTwoTimesTheSame) {
    const std::vector<TrackPoint> track{towards(0), towards(5), towards(100), towards(0),
                                        towards(5)};
    EXPECT_EQ(another_person(track, 0.3), 2);
}

TEST(AnotherPerson, AFaceTurnedAwayDoesNotCountAlone) {
    const std::vector<TrackPoint> track{towards(0), towards(5), towards(100, 2, false), towards(0),
                                        towards(5)};
    EXPECT_EQ(another_person(track, 0.3), std::nullopt);
}

}  // namespace
}  // namespace faceward::liveness
