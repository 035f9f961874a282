#pragma once

#include <bit>
#include <cstdint>

namespace faceward::templates {

/// The bits of a number in IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits.
using Half = std::uint16_t;

/// The same number in binary32; always exact. NaN stays NaN, its payload aside.
/// Computes with normal numbers only, so a thread that flushes denormals to zero gets the same.
inline float to_float(Half half) {
    constexpr std::uint32_t rebias = (127U - 15U) << 23U;
    const std::uint32_t sign = (half & 0x8000U) << 16U;
    const std::uint32_t exponent = half & 0x7C00U;
    std::uint32_t bits = ((half & 0x7FFFU) << 13U) + rebias;
    if (exponent == 0x7C00U) {
        bits += rebias;
    } else if (exponent == 0) {
        constexpr std::uint32_t smallest_normal = rebias + (1U << 23U);
        const auto fraction = std::bit_cast<float>(bits + (1U << 23U));
        bits = std::bit_cast<std::uint32_t>(fraction - std::bit_cast<float>(smallest_normal));
    }
    return std::bit_cast<float>(bits | sign);
}

/// The nearest binary16, ties to even (IEEE 754 roundTiesToEven): 65520 and more become infinity,
/// NaN a quiet NaN.
inline Half to_half(float number) {
    constexpr std::uint32_t infinity = 0x7F800000U;
    constexpr std::uint32_t beyond_half = (127U + 16U) << 23U;
    constexpr std::uint32_t smallest_normal = (127U - 14U) << 23U;
    const auto bits = std::bit_cast<std::uint32_t>(number);
    const std::uint32_t sign = (bits & 0x80000000U) >> 16U;
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    std::uint32_t half = 0;
    if (magnitude > infinity) {
        half = 0x7E00U;
    } else if (magnitude >= beyond_half) {
        half = 0x7C00U;
    } else if (magnitude < smallest_normal) {
        // The last bit of 0.5 is worth 2^-24, as is the last bit of a subnormal half: the addition
        // rounds.
        const float aligned = std::bit_cast<float>(magnitude) + 0.5F;
        half = std::bit_cast<std::uint32_t>(aligned) - std::bit_cast<std::uint32_t>(0.5F);
    } else {
        const std::uint32_t odd = (magnitude >> 13U) & 1U;
        half = (magnitude - ((127U - 15U) << 23U) + 0xFFFU + odd) >> 13U;
    }
    return static_cast<Half>(half | sign);
}

}  // namespace faceward::templates
