#include "evaluation/verification.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace faceward::evaluation {
namespace {

constexpr std::uint32_t others = 100;

/// Mated comparisons of subjects 0, 1, … and non-mated ones of those with subjects from 100 on.
ErrorRates rates_of(const std::vector<float>& mated, const std::vector<float>& non_mated) {
    std::vector<Comparison> comparisons;
    for (std::uint32_t i = 0; i < mated.size(); ++i)
        comparisons.push_back({mated[i], i, i, true, static_cast<int>(i % 2)});
    for (std::uint32_t i = 0; i < non_mated.size(); ++i)
        comparisons.push_back({non_mated[i], i, others + i, false, static_cast<int>(i % 2)});
    return ErrorRates(std::move(comparisons), 2 * others);
}

TEST(ErrorRates, CountWhatReachesAThreshold) {
    const ErrorRates rates = rates_of({0.9F, 0.8F, 0.3F, 0.5F}, {0.1F, 0.5F, 0.2F, 0.6F, 0.4F});
    EXPECT_EQ(rates.false_matches(0.5).count, 2U);
    EXPECT_EQ(rates.false_matches(0.5).total, 5U);
    EXPECT_EQ(rates.false_non_matches(0.5).count, 1U);
    EXPECT_DOUBLE_EQ(rates.at(0.5).fmr, 0.4);
    EXPECT_DOUBLE_EQ(rates.at(0.5).fnmr, 0.25);
}

TEST(ErrorRates, OfWeightsOfOneAreTheCountedOnes) {
    const ErrorRates rates = rates_of({0.9F, 0.8F, 0.3F, 0.5F}, {0.1F, 0.5F, 0.2F, 0.6F, 0.4F});
    const std::vector<double> thresholds{0.45, 0.85, 0.5, -1};
    const auto weighted = rates.weighted(thresholds, Weights(rates.subjects(), 1));
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        EXPECT_DOUBLE_EQ(weighted.points[i].fmr, rates.at(thresholds[i]).fmr) << thresholds[i];
        EXPECT_DOUBLE_EQ(weighted.points[i].fnmr, rates.at(thresholds[i]).fnmr) << thresholds[i];
    }
}

TEST(ErrorRates, WeighComparisonsByTheirSubjects) {
    const ErrorRates rates = rates_of({0.9F, 0.1F}, {0.8F, 0.2F});
    Weights weights(rates.subjects(), 1);
    weights[1] = 3;  // of the mated comparison that fails and of the non-mated one that does not
    const auto point = rates.weighted(std::vector{0.5}, weights).points.at(0);
    EXPECT_DOUBLE_EQ(point.fnmr, 0.75);
    EXPECT_DOUBLE_EQ(point.fmr, 0.25);
}

TEST(ErrorRates, EqualErrorRateLiesWhereTheRatesMeet) {
    EXPECT_DOUBLE_EQ(rates_of({0.9F, 0.8F, 0.7F, 0.2F}, {0.6F, 0.3F, 0.1F, 0.75F}).eer(), 0.25);
    EXPECT_DOUBLE_EQ(rates_of({0.9F, 0.8F}, {0.1F, 0.2F}).eer(), 0);
}

TEST(ErrorRates, ThresholdForAnFmrKeepsIt) {
    std::vector<float> strangers;
    for (int i = 0; i < 60; ++i) strangers.push_back(static_cast<float>(i) / 100);
    const auto point = rates_of({0.58F, 0.9F}, strangers).at_fmr(0.05);
    ASSERT_TRUE(point);
    EXPECT_DOUBLE_EQ(point->fmr, 0.05);
    EXPECT_DOUBLE_EQ(point->threshold, static_cast<double>(0.57F));
    EXPECT_DOUBLE_EQ(point->fnmr, 0);
}

TEST(ErrorRates, EqualSimilaritiesFallToOneSide) {
    const auto point = rates_of({0.9F}, std::vector<float>(60, 0.5F)).at_fmr(0.05);
    ASSERT_TRUE(point);
    EXPECT_EQ(point->fmr, 0);
    EXPECT_GT(point->threshold, 0.5);
}

TEST(ErrorRates, TooFewComparisonsTellNoRareRate) {
    EXPECT_FALSE(rates_of({0.9F}, std::vector<float>(299, 0.1F)).at_fmr(0.01));
    EXPECT_FALSE(rates_of({}, std::vector<float>(90, 0.1F)).at_fmr(0.1));
}

TEST(FoldAccuracy, DecidesEachFoldByTheOthers) {
    // Fold 0 is separated at 0.5, fold 1 at 0.7: each decides the other one wrongly in one case.
    std::vector<Comparison> comparisons{{0.8F, 0, 0, true, 0},   {0.6F, 1, 1, true, 0},
                                        {0.4F, 2, 3, false, 0},  {0.3F, 4, 5, false, 0},
                                        {0.9F, 6, 6, true, 1},   {0.75F, 7, 7, true, 1},
                                        {0.65F, 8, 9, false, 1}, {0.1F, 8, 9, false, 1}};
    std::ranges::sort(comparisons, std::ranges::greater{}, &Comparison::similarity);
    const auto accuracy = fold_accuracy(comparisons);
    ASSERT_TRUE(accuracy);
    EXPECT_EQ(accuracy->folds, 2);
    EXPECT_DOUBLE_EQ(accuracy->mean, 0.75);
    EXPECT_DOUBLE_EQ(accuracy->deviation, 0);
}

TEST(FoldAccuracy, NeedsTwoFolds) {
    EXPECT_FALSE(fold_accuracy(std::vector<Comparison>{{0.8F, 0, 0, true, 0}}));
}

}  // namespace
}  // namespace faceward::evaluation
