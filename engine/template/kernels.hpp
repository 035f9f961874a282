#pragma once

#include "engine/template/half.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace faceward::templates {

/// The inner product of two vectors of `n` finite elements; `a` and `b` need no alignment.
///
/// Every kernel gives the same bits: a product of two binary16 numbers is exact in binary32, so
/// only the order of the additions matters, and that is part of this contract. Element i is added
/// to lane i mod 32; then lane i takes lane i + 16, lane i takes lane i + 8, and so on with 4, 2
/// and 1. A score so depends neither on the machine nor on which template is the probe.
using DotFunction = float (*)(const Half* a, const Half* b, std::size_t n);

/// One implementation of the inner product.
struct Kernel {
    std::string_view name;  ///< "portable", "avx2" or "avx512"
    DotFunction dot;
};

/// The kernels that this CPU and its operating system can run, the widest last; the portable one
/// is always there.
std::span<const Kernel> supported_kernels();

/// The one that `dot` uses; chosen on the first call.
const Kernel& widest_kernel();

/// The inner product by the widest kernel. Both vectors must be of the same length, their elements
/// finite.
float dot(std::span<const Half> a, std::span<const Half> b);

}  // namespace faceward::templates
