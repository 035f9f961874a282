#include "evaluation/calibration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace faceward::evaluation {
namespace {

using testing::HasSubstr;

/// Every picture of so many subjects, two each, with every other; similarities are normal, of mean
/// 0 and deviation 0.1 for different people, of mean 0.7 for the same.
ErrorRates people(std::uint32_t subjects) {
    std::mt19937 random(7);
    std::normal_distribution<float> noise(0, 0.1F);
    std::vector<Comparison> comparisons;
    for (std::uint32_t a = 0; a < 2 * subjects; ++a)
        for (std::uint32_t b = a + 1; b < 2 * subjects; ++b) {
            const bool mated = a / 2 == b / 2;
            comparisons.push_back({(mated ? 0.7F : 0.0F) + noise(random), a / 2, b / 2, mated, 0});
        }
    return ErrorRates(std::move(comparisons), subjects);
}

TEST(FitCalibration, ScoresStandForTheirRates) {
    const ErrorRates rates = people(250);
    const auto fitted = fit_calibration(rates);
    ASSERT_TRUE(fitted) << fitted.error();
    const auto threshold = [&](double score) {
        return (std::log(score / (1 - score)) - fitted->intercept) / fitted->slope;
    };
    // Normal quantiles of 0.85e-2 and 0.85e-4: 2.39 and 3.76 deviations.
    EXPECT_NEAR(threshold(0.5), 0.239, 0.004);
    EXPECT_NEAR(threshold(0.85), 0.376, 0.015);
    EXPECT_LE(rates.at(threshold(0.5)).fmr, 1e-2);
    EXPECT_LE(rates.at(threshold(0.85)).fmr, 1e-4);
    EXPECT_GT(fitted->slope, 0);
}

TEST(FitCalibration, SaysHowManyComparisonsAreMissing) {
    const auto fitted = fit_calibration(people(50));
    ASSERT_FALSE(fitted);
    EXPECT_THAT(fitted.error(), HasSubstr("4900 of 100000 needed, 95100 are missing"));
}

TEST(FitCalibration, SaysHowManySubjectsAreMissing) {
    std::vector<Comparison> comparisons(120'000, Comparison{0.1F, 0, 1, false, 0});
    const auto fitted = fit_calibration(ErrorRates(std::move(comparisons), 2));
    ASSERT_FALSE(fitted);
    EXPECT_THAT(fitted.error(), HasSubstr("2 of 100 needed, 98 are missing"));
}

/// Logits whose true log-odds are scale · logit + shift, half of them attacks.
std::vector<JudgedLogit> judged(double scale, double shift) {
    std::vector<JudgedLogit> all;
    std::mt19937 random(3);
    std::normal_distribution<double> noise(0, 1);
    for (int i = 0; i < 20'000; ++i) {
        // Two normal distributions of deviation 1, two apart: their log-odds are 2x.
        const bool attack = i % 2 == 0;
        const double log_odds = 2 * (noise(random) + (attack ? 1 : -1));
        all.push_back({(log_odds - shift) / scale, attack});
    }
    return all;
}

TEST(FitLogits, FindsTheMap) {
    const auto map = fit_logits(judged(0.5, 1.5));
    ASSERT_TRUE(map) << map.error();
    EXPECT_NEAR(map->scale, 0.5, 0.02);
    EXPECT_NEAR(map->shift, 1.5, 0.05);
}

TEST(FitLogits, LeavesWhatStillnessAdded) {
    auto all = judged(0.5, 1.5);
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].added = static_cast<double>(i % 3);
        all[i].logit -= all[i].added / 0.5;
    }
    const auto map = fit_logits(all);
    ASSERT_TRUE(map) << map.error();
    EXPECT_NEAR(map->scale, 0.5, 0.02);
    EXPECT_NEAR(map->shift, 1.5, 0.05);
}

TEST(FitLogits, StaysFiniteWhereTheKindsAreFarApart) {
    std::vector<JudgedLogit> all;
    for (int i = 0; i < 40; ++i) all.push_back({i % 2 == 0 ? 5.0 : -5.0, i % 2 == 0});
    for (int i = 0; i < 40; ++i) all.push_back({i % 2 == 0 ? 4.0 : -4.0, i % 2 == 0});
    const auto map = fit_logits(all);
    ASSERT_TRUE(map) << map.error();
    EXPECT_LT(map->scale, 5);
}

TEST(FitLogits, RefusesEvidenceThatTellsTheWrongWayRound) {
    const auto map = fit_logits(judged(-1, 0));
    ASSERT_FALSE(map);
    EXPECT_THAT(map.error(), HasSubstr("does not tell"));
}

TEST(FitLogits, SaysWhatIsMissing) {
    const auto map = fit_logits(std::vector<JudgedLogit>(50, {1, true}));
    ASSERT_FALSE(map);
    EXPECT_THAT(map.error(), HasSubstr("bona fide presentations: 0 of 30 needed, 30 are missing"));
}

}  // namespace
}  // namespace faceward::evaluation
