#include "engine/model/error_rates.hpp"

#include <gtest/gtest.h>

namespace faceward::model {
namespace {

CalibrationEntry with(std::vector<RatePoint> rates) { return {1, 0, "A", std::move(rates)}; }

TEST(FalseMatchRates, AreThoseMeasuredAndExponentialBetweenThem) {
    const auto calibration =
        with({{0.9, 1e-4, 0.1, "A"}, {0.5, 1e-2, 0.01, "A"}, {0.9, 0.5, 0.5, "B"}});
    EXPECT_DOUBLE_EQ(*false_match_rate(calibration, 0)->rate, 1);
    EXPECT_DOUBLE_EQ(*false_match_rate(calibration, 0.25)->rate, 1e-1);
    EXPECT_DOUBLE_EQ(*false_match_rate(calibration, 0.5)->rate, 1e-2);
    EXPECT_DOUBLE_EQ(*false_match_rate(calibration, 0.7)->rate, 1e-3);
    EXPECT_DOUBLE_EQ(*false_match_rate(calibration, 0.9)->rate, 1e-4);
    EXPECT_EQ(false_match_rate(calibration, 0.7)->set, "A");
    EXPECT_FALSE(false_match_rate(calibration, 0.7)->below);
}

TEST(FalseMatchRates, AreOnlyBoundedWhereNoPairScoredSoHigh) {
    for (const auto& calibration :
         {with({{0.5, 1e-2, 0.01, "A"}}), with({{0.5, 1e-2, 0.01, "A"}, {0.9, 0, 0.1, "A"}})})
        for (const double score : {0.51, 0.9, 1.0}) {
            const auto found = false_match_rate(calibration, score);
            EXPECT_FALSE(found->rate);
            EXPECT_DOUBLE_EQ(*found->below, 1e-2);
        }
}

TEST(FalseMatchRates, AreUnknownWithoutMeasurements) {
    EXPECT_FALSE(false_match_rate(with({}), 0.5));
}

}  // namespace
}  // namespace faceward::model
