#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace faceward::image {

/// Blue, green, red and a fourth value of no meaning, computed together in one vector register.
using Lanes = float __attribute__((vector_size(16)));
using Integers = std::int32_t __attribute__((vector_size(16)));

/// Reads four floats.
inline Lanes load(const float* pixel) {
    Lanes lanes;
    std::memcpy(&lanes, pixel, sizeof lanes);
    return lanes;
}

/// Reads four bytes: one more than the pixel has.
inline Lanes load(const std::uint8_t* pixel) {
    static_assert(std::endian::native == std::endian::little);
    std::int32_t bgr = 0;
    std::memcpy(&bgr, pixel, sizeof bgr);
    // Each lane keeps its byte where it stands and scales it down: no shuffling, and exact.
    const Integers shifted = Integers{bgr, bgr, bgr, bgr} & Integers{0xFF, 0xFF00, 0xFF0000, 0};
    return __builtin_convertvector(shifted, Lanes) * Lanes{1, 0x1p-8F, 0x1p-16F, 0};
}

/// Writes three levels, each 0…255, rounded to the nearest.
inline void store(Lanes lanes, std::uint8_t* pixel) {
    const auto levels = __builtin_convertvector(lanes + 0.5F, Integers);
    for (int c = 0; c < 3; ++c) pixel[c] = static_cast<std::uint8_t>(levels[c]);
}

}  // namespace faceward::image
