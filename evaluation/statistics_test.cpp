#include "evaluation/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace faceward::evaluation {
namespace {

TEST(Proportion, HasTheIntervalOfClopperAndPearson) {
    // Table values: 0 of 10 is [0, 0.308], 5 of 10 is [0.187, 0.813].
    EXPECT_NEAR((Proportion{0, 10}.interval().high), 0.3085, 1e-4);
    EXPECT_EQ((Proportion{0, 10}.interval().low), 0);
    EXPECT_NEAR((Proportion{5, 10}.interval().low), 0.1871, 1e-4);
    EXPECT_NEAR((Proportion{5, 10}.interval().high), 0.8129, 1e-4);
    EXPECT_EQ((Proportion{10, 10}.interval().high), 1);
}

TEST(Proportion, OfNothingIsNoNumber) {
    EXPECT_TRUE(std::isnan((Proportion{0, 0}.rate())));
    EXPECT_EQ((Proportion{0, 0}.interval().high), 1);
}

/// So many subjects, each with four cases, of which all count for each second one.
Cases alike_within(std::uint32_t subjects) {
    Cases cases;
    for (std::uint32_t i = 0; i < 4 * subjects; ++i) cases.add(i / 4, i / 4 % 2 == 0);
    return cases;
}

TEST(Cases, OfASubjectThatAreAlikeTellNoMoreThanOne) {
    // 0.5 ± 1.96 · 0.5 / 10, not / 20
    const Interval interval = alike_within(100).interval();
    EXPECT_NEAR(interval.low, 0.402, 0.02);
    EXPECT_NEAR(interval.high, 0.598, 0.02);
    EXPECT_EQ(alike_within(100).proportion().count, 200U);
    EXPECT_EQ(alike_within(100).proportion().total, 400U);
}

TEST(Cases, OfOneSubjectEachHaveTheExactInterval) {
    Cases cases;
    for (std::uint32_t i = 0; i < 10; ++i) cases.add(i, i < 5);
    EXPECT_NEAR(cases.interval().low, 0.1871, 1e-4);
    EXPECT_NEAR(cases.interval().high, 0.8129, 1e-4);
}

TEST(Cases, ThatNeverCountTellAsMuchAsTheirSubjects) {
    Cases none;
    Cases all;
    for (std::uint32_t i = 0; i < 100; ++i) {
        none.add(i % 10, false);
        all.add(i % 10, true);
    }
    EXPECT_EQ(none.interval().low, 0);
    EXPECT_NEAR(none.interval().high, 0.3085, 1e-4);
    EXPECT_NEAR(all.interval().low, 1 - 0.3085, 1e-4);
    EXPECT_EQ(Cases().interval().high, 1);
}

TEST(TradeOff, CountsBothSidesOfEachThreshold) {
    const auto curve = trade_off({0.1, 0.2, 0.8}, {0.2, 0.9});
    ASSERT_EQ(curve.size(), 4U);
    EXPECT_EQ(curve[1].threshold, 0.2);
    EXPECT_NEAR(curve[1].above, 1.0 / 3, 1e-12);
    EXPECT_NEAR(curve[1].below, 0.5, 1e-12);
    EXPECT_EQ(curve[3].above, 0);
    EXPECT_EQ(curve[3].below, 1);
    EXPECT_TRUE(trade_off({}, {1}).empty());
}

std::vector<double> mean_of(const std::vector<double>& values, const Weights& weights) {
    return {std::inner_product(values.begin(), values.end(), weights.begin(), 0.0) /
            std::accumulate(weights.begin(), weights.end(), 0.0)};
}

TEST(Bootstrap, CoversTheMeanAsTheNormalIntervalDoes) {
    std::vector<double> values(400);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 2 == 0 ? 0 : 1;
    const auto intervals =
        bootstrap(values.size(), 1000, [&](const Weights& w) { return mean_of(values, w); });
    // 0.5 ± 1.96 · 0.5 / 20
    EXPECT_NEAR(intervals.at(0).low, 0.451, 0.01);
    EXPECT_NEAR(intervals.at(0).high, 0.549, 0.01);
}

TEST(Bootstrap, GivesTheSameIntervalEachTime) {
    const std::vector<double> values{1, 2, 3, 4, 7};
    const auto once = [&] {
        return bootstrap(values.size(), 50, [&](const Weights& w) { return mean_of(values, w); });
    };
    EXPECT_EQ(once().at(0).low, once().at(0).low);
    EXPECT_LT(once().at(0).low, once().at(0).high);
}

}  // namespace
}  // namespace faceward::evaluation
