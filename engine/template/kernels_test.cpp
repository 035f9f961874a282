#include "engine/template/kernels.hpp"

#include "engine/template/samples.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <string>
#include <vector>

namespace faceward::templates {
namespace {

constexpr unsigned longest = 1100;

std::uint32_t bits(float number) { return std::bit_cast<std::uint32_t>(number); }

float run(const Kernel& kernel, const std::vector<Half>& a, const std::vector<Half>& b) {
    return kernel.dot(a.data(), b.data(), a.size());
}

double exact(const std::vector<Half>& a, const std::vector<Half>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += double{to_float(a[i])} * double{to_float(b[i])};
    return sum;
}

class EveryKernel : public testing::TestWithParam<Kernel> {};

TEST_P(EveryKernel, IsRightAtEveryLengthAndGivesThePortableOnesBits) {
    const Kernel& portable = supported_kernels().front();
    for (unsigned n = 1; n <= longest; ++n) {
        const std::vector<Half> a = samples::halves(samples::unit_vector(n, n));
        const std::vector<Half> b = samples::halves(samples::unit_vector(n, n + longest));
        EXPECT_NEAR(run(GetParam(), a, b), exact(a, b), 1e-6) << n;
        EXPECT_NEAR(run(GetParam(), a, a), exact(a, a), 1e-6) << n;
        const std::uint32_t expected = bits(run(portable, a, b));
        EXPECT_EQ(bits(run(GetParam(), a, b)), expected) << n;
        EXPECT_EQ(bits(run(GetParam(), b, a)), expected) << n;
    }
}

TEST_P(EveryKernel, AddsInThePromisedOrder) {
    // 1 is lost beside 2^26, so the sum tells which additions came first.
    const Half large = to_half(0x1p13F);
    const Half one = to_half(1);
    const auto sum = [&](std::size_t plus_at, std::size_t minus_at, std::size_t one_at) {
        std::vector<Half> a(64, Half{0});
        std::vector<Half> b(64, Half{0});
        a[plus_at] = b[plus_at] = b[minus_at] = large;
        a[minus_at] = to_half(-0x1p13F);
        a[one_at] = b[one_at] = one;
        return run(GetParam(), a, b);
    };
    for (const std::size_t partner : {32U, 16U, 8U, 4U, 2U})
        EXPECT_EQ(sum(0, partner, 1), 1) << partner << " comes to lane 0 before lane 1 does";
    EXPECT_EQ(sum(0, 1, 16), 0) << "lane 16 comes to lane 0 before lane 1 does";
    EXPECT_EQ(sum(0, 16, 32), 0) << "element 32 comes to lane 0 before lane 16 does";
    EXPECT_EQ(sum(0, 8, 16), 0) << "lane 16 comes to lane 0 before lane 8 does";
    EXPECT_EQ(sum(0, 4, 8), 0) << "lane 8 comes to lane 0 before lane 4 does";
    EXPECT_EQ(sum(0, 2, 4), 0) << "lane 4 comes to lane 0 before lane 2 does";
    EXPECT_EQ(sum(0, 1, 2), 0) << "lane 2 comes to lane 0 before lane 1 does";
}

TEST_P(EveryKernel, TakesUnalignedVectors) {
    const std::vector<Half> a = samples::halves(samples::unit_vector(200, 1));
    const std::vector<Half> b = samples::halves(samples::unit_vector(200, 2));
    for (std::size_t offset = 0; offset < 32; ++offset) {
        const std::vector<Half> moved(a.begin() + static_cast<std::ptrdiff_t>(offset), a.end());
        EXPECT_EQ(bits(GetParam().dot(a.data() + offset, b.data(), moved.size())),
                  bits(GetParam().dot(moved.data(), b.data(), moved.size())))
            << offset;
    }
}

TEST_P(EveryKernel, HoldsAtTheEndsOfTheRange) {
    const Half smallest = 0x0001;
    const Half largest = 0x7BFF;
    EXPECT_EQ(run(GetParam(), {smallest}, {smallest}), 0x1p-48F);
    EXPECT_EQ(run(GetParam(), {largest}, {smallest}), 0x1.FFCp-9F);
    EXPECT_EQ(run(GetParam(), {largest}, {largest}), 65504.0F * 65504.0F);
    EXPECT_EQ(GetParam().dot(nullptr, nullptr, 0), 0);
}

INSTANTIATE_TEST_SUITE_P(Kernels, EveryKernel,
                         testing::ValuesIn(supported_kernels().begin(), supported_kernels().end()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Kernels, ThePortableOneIsAlwaysThereAndTheWidestIsUsed) {
    EXPECT_EQ(supported_kernels().front().name, "portable");
    EXPECT_EQ(widest_kernel().name, supported_kernels().back().name);
    const std::vector<Half> a = samples::halves({0.5F, -1});
    EXPECT_EQ(dot(a, a), 1.25F);
}

}  // namespace
}  // namespace faceward::templates
