#include "evaluation/identification.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace faceward::evaluation {
namespace {

TEST(IdentificationRates, AreThoseAtTheThresholdThatKeepsTheFpir) {
    std::vector<Search> searches;
    for (int i = 0; i < 100; ++i)
        searches.push_back({1, static_cast<float>(i) / 100, false, false, -1});
    searches.push_back({2, 0.99F, true, true, 0.99F});    // found
    searches.push_back({3, 0.95F, true, false, 0.40F});   // somebody else is the best, and below
    searches.push_back({4, 0.985F, true, true, 0.985F});  // above the 99th stranger
    searches.push_back({5, 0.50F, true, true, 0.50F});    // right, but below
    const IdentificationRates rates = identification_rates(searches, 0.01);
    EXPECT_EQ(rates.fpir.proportion(), (Proportion{1, 100}));
    EXPECT_EQ(rates.fnir.proportion(), (Proportion{2, 4}));
    EXPECT_EQ(rates.rank_one.proportion(), (Proportion{3, 4}));
    EXPECT_FALSE(enough_for(0.01, rates));
}

TEST(IdentificationRates, WithoutStrangersHaveNoThreshold) {
    const std::vector<Search> searches{{2, 0.99F, true, true, 0.99F}};
    EXPECT_TRUE(std::isinf(identification_rates(searches, 0.01).threshold));
}

}  // namespace
}  // namespace faceward::evaluation
