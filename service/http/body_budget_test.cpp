#include "service/http/body_budget.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace faceward::http {
namespace {

TEST(BodyBudget, IsSharedUpToItsEnd) {
    BodyBudget budget(100);
    BodyBudget::Share first(budget);
    EXPECT_TRUE(first.resize(60));
    {
        BodyBudget::Share second(budget);
        EXPECT_TRUE(second.resize(40));
        EXPECT_FALSE(second.resize(41));
        EXPECT_FALSE(first.resize(61));
        EXPECT_TRUE(first.resize(50));
        EXPECT_TRUE(second.resize(50));
    }
    EXPECT_TRUE(first.resize(100));
    EXPECT_FALSE(first.resize(101));
}

TEST(BodyBudget, WhatIsHeldStaysWhenItBecomesSmaller) {
    BodyBudget budget(100);
    BodyBudget::Share share(budget);
    EXPECT_TRUE(share.resize(60));
    budget.set_most(50);
    EXPECT_EQ(budget.held(), 60U);
    EXPECT_FALSE(share.resize(61));
    EXPECT_TRUE(share.resize(40));
    EXPECT_TRUE(share.resize(50));
    EXPECT_FALSE(share.resize(51));
}

TEST(BodyBudget, ComesBackWholeFromAllThreads) {
    BodyBudget budget(1000);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&budget] {
                for (int i = 0; i < 10'000; ++i) {
                    BodyBudget::Share share(budget);
                    EXPECT_TRUE(share.resize(100));
                    EXPECT_TRUE(share.resize(250));
                }
            });
    }
    BodyBudget::Share whole(budget);
    EXPECT_TRUE(whole.resize(1000));
}

}  // namespace
}  // namespace faceward::http
