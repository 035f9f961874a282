#include "engine/template/half.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace faceward::templates {
namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();
constexpr std::uint32_t all_halves = 0x10000;
constexpr Half infinite_half = 0x7C00;

bool is_nan(Half half) { return (half & 0x7FFFU) > infinite_half; }

std::uint32_t bits(float number) { return std::bit_cast<std::uint32_t>(number); }

struct Pair {
    float number;
    Half half;
};

class KnownHalf : public testing::TestWithParam<Pair> {};

TEST_P(KnownHalf, ConvertsBothWays) {
    EXPECT_EQ(to_half(GetParam().number), GetParam().half);
    EXPECT_EQ(bits(to_float(GetParam().half)), bits(GetParam().number));
}

INSTANTIATE_TEST_SUITE_P(Half, KnownHalf,
                         testing::Values(Pair{0, 0x0000}, Pair{-0.0F, 0x8000}, Pair{1, 0x3C00},
                                         Pair{-2, 0xC000}, Pair{0.333251953125F, 0x3555},
                                         Pair{65504, 0x7BFF}, Pair{0x1p-14F, 0x0400},
                                         Pair{0x1.FF8p-15F, 0x03FF}, Pair{0x1p-24F, 0x0001},
                                         Pair{-0x1p-24F, 0x8001}, Pair{infinite, 0x7C00},
                                         Pair{-infinite, 0xFC00}));

TEST(Half, WhatIsTooLargeBecomesInfinite) {
    EXPECT_EQ(to_half(std::nextafter(65520.0F, 0.0F)), 0x7BFF);
    EXPECT_EQ(to_half(65520), infinite_half);
    EXPECT_EQ(to_half(-1e30F), 0xFC00);
    EXPECT_EQ(to_half(std::numeric_limits<float>::max()), infinite_half);
}

TEST(Half, NanStaysNan) {
    EXPECT_TRUE(is_nan(to_half(std::numeric_limits<float>::quiet_NaN())));
    EXPECT_TRUE(is_nan(to_half(std::bit_cast<float>(0x7F800001U))));
}

TEST(Half, EachComesBackFromFloat) {
    for (std::uint32_t i = 0; i < all_halves; ++i) {
        const auto half = static_cast<Half>(i);
        if (is_nan(half)) {
            EXPECT_TRUE(std::isnan(to_float(half))) << half;
            EXPECT_TRUE(is_nan(to_half(to_float(half)))) << half;
        } else {
            EXPECT_EQ(to_half(to_float(half)), half);
        }
    }
}

TEST(Half, TheMiddleBetweenTwoRoundsToTheEvenOne) {
    for (Half low = 0; low < infinite_half - 1; ++low) {
        const auto high = static_cast<Half>(low + 1);
        const float middle = (to_float(low) + to_float(high)) / 2;
        EXPECT_EQ(to_half(middle), low % 2 == 0 ? low : high);
        EXPECT_EQ(to_half(-middle), 0x8000U | (low % 2 == 0 ? low : high));
        EXPECT_EQ(to_half(std::nextafter(middle, 0.0F)), low);
        EXPECT_EQ(to_half(std::nextafter(middle, infinite)), high);
    }
}

#ifdef __x86_64__

[[gnu::target("f16c")]] float hardware_to_float(Half half) { return _cvtsh_ss(half); }

[[gnu::target("f16c")]] Half hardware_to_half(float number) {
    return _cvtss_sh(number, _MM_FROUND_TO_NEAREST_INT);
}

TEST(Half, AgreesWithTheProcessor) {
    if (!__builtin_cpu_supports("f16c")) GTEST_SKIP() << "this CPU has no F16C";
    for (std::uint32_t i = 0; i < all_halves; ++i) {
        const auto half = static_cast<Half>(i);
        if (is_nan(half)) {
            EXPECT_TRUE(std::isnan(to_float(half)) && std::isnan(hardware_to_float(half)));
        } else {
            EXPECT_EQ(bits(to_float(half)), bits(hardware_to_float(half))) << half;
        }
    }
    constexpr std::uint64_t stride = 1021;
    for (std::uint64_t pattern = 0; pattern <= 0xFFFFFFFFU; pattern += stride) {
        const float number = std::bit_cast<float>(static_cast<std::uint32_t>(pattern));
        if (std::isnan(number)) {
            ASSERT_TRUE(is_nan(to_half(number)) && is_nan(hardware_to_half(number)));
        } else {
            ASSERT_EQ(to_half(number), hardware_to_half(number)) << std::hexfloat << number;
        }
    }
}

#endif

}  // namespace
}  // namespace faceward::templates
