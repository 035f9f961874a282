#include "evaluation/presentation.hpp"

#include <gtest/gtest.h>

namespace faceward::evaluation {
namespace {

const std::vector<PresentationOutcome> outcomes{
    {"", 0.1, ""},          {"", 0.7, ""},      {"", 0.2, ""},       {"", {}, "too small"},
    {"print", 0.9, ""},     {"print", 0.5, ""}, {"screen", 0.6, ""}, {"screen", {}, "too small"},
    {"mask", {}, "cut off"}};

TEST(PresentationRates, AreByInstrumentWithRefusalsApart) {
    const PresentationRates rates = presentation_rates(outcomes, 0.5);
    EXPECT_EQ(rates.bpcer.proportion(), (Proportion{1, 3}));
    // 0.5 is not higher than the threshold: it passes
    EXPECT_EQ(rates.apcer.at("print").proportion(), (Proportion{1, 2}));
    EXPECT_EQ(rates.apcer.at("screen").proportion(), (Proportion{0, 1}));
    EXPECT_EQ(rates.apcer.at("mask").proportion(), (Proportion{0, 0}));
    EXPECT_EQ(rates.refused.at("").proportion(), (Proportion{1, 4}));
    EXPECT_EQ(rates.refused.at("screen").proportion(), (Proportion{1, 2}));
    EXPECT_EQ(rates.reasons.at("too small"), 2U);
}

TEST(PresentationRates, HeadlineIsTheWorstInstrument) {
    const PresentationRates rates = presentation_rates(outcomes, 0.5);
    ASSERT_TRUE(rates.worst() && rates.acer());
    EXPECT_EQ(rates.worst()->first, "print");
    EXPECT_NEAR(*rates.acer(), (0.5 + 1.0 / 3) / 2, 1e-12);
    EXPECT_FALSE(presentation_rates({}, 0.5).acer());
}

TEST(ThresholdAtBpcer, LetsNoMoreBonaFideFail) {
    EXPECT_EQ(threshold_at_bpcer(outcomes, 0.34), 0.2);
    EXPECT_EQ(threshold_at_bpcer(outcomes, 0.05), 0.7);
    EXPECT_FALSE(threshold_at_bpcer({}, 0.05));
}

TEST(Reliability, CountsAttacksByProbability) {
    const auto bins = reliability(outcomes);
    ASSERT_EQ(bins.size(), 10U);
    EXPECT_EQ(bins[5].attacks.total, 1U);
    EXPECT_EQ(bins[5].attacks.count, 1U);
    EXPECT_EQ(bins[7].attacks.count, 0U);
    EXPECT_NEAR(bins[7].mean_probability, 0.7, 1e-12);
}

TEST(Reliability, OfAnInstrumentLeavesOthersOut) {
    const auto bins = reliability(outcomes, "print");
    EXPECT_EQ(bins[6].attacks.total, 0U);
    EXPECT_EQ(bins[9].attacks.count, 1U);
    EXPECT_EQ(bins[7].attacks.total, 1U);
}

}  // namespace
}  // namespace faceward::evaluation
