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
