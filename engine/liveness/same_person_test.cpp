#include "engine/liveness/same_person.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace faceward::liveness {
namespace {

/// A unit vector of two dimensions.
TrackPoint towards(double degrees, int number = 1, bool frontal = true) {
    const double angle = degrees * std::acos(-1) / 180;
    return {number,
            frontal,
            {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))}};
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

TEST(AnotherPerson, IsFoundWhereTwoTakeTurns) {
    std::vector<TrackPoint> track;
    for (int i = 0; i < 10; ++i) track.push_back(towards(i % 2 == 0 ? 0 : 80));
    EXPECT_EQ(another_person(track, 0.3), 0);
    for (TrackPoint& point : track) point.frontal = false;
    EXPECT_EQ(another_person(track, 0.3), std::nullopt) << "turned away, they may be one person";
}

TEST(AnotherPerson, IsFoundInTheLastFrameAlone) {
    std::vector<TrackPoint> track(9, towards(0));
    track.push_back(towards(80, 10));
    EXPECT_EQ(another_person(track, 0.3), 9);
}

TEST(AnotherPerson, OneFaceThatIsUnlikeAFewOthersMayBeTheSamePerson) {
    const std::vector<TrackPoint> track{towards(0), towards(40), towards(45), towards(50),
                                        towards(90)};
    EXPECT_EQ(another_person(track, 0.3), std::nullopt);
}

}  // namespace
}  // namespace faceward::liveness
