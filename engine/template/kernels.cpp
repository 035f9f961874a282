#include "engine/template/kernels.hpp"

#include "engine/template/kernels_x86.hpp"

#include <array>
#include <cassert>
#include <vector>

namespace faceward::templates {
namespace {

constexpr std::size_t lanes = 32;

float dot_portable(const Half* a, const Half* b, std::size_t n) {
    std::array<float, lanes> sums{};
    for (std::size_t i = 0; i < n; ++i) sums[i % lanes] += to_float(a[i]) * to_float(b[i]);
    for (std::size_t width = lanes / 2; width > 0; width /= 2)
        for (std::size_t lane = 0; lane < width; ++lane) sums[lane] += sums[lane + width];
    return sums[0];
}

std::vector<Kernel> find_kernels() {
    std::vector<Kernel> kernels{{"portable", dot_portable}};
    for (const Kernel& kernel : supported_x86_kernels()) kernels.push_back(kernel);
    return kernels;
}

}  // namespace

std::span<const Kernel> supported_kernels() {
    static const std::vector<Kernel> kernels = find_kernels();
    return kernels;
}

const Kernel& widest_kernel() { return supported_kernels().back(); }

float dot(std::span<const Half> a, std::span<const Half> b) {
    assert(a.size() == b.size());
    return widest_kernel().dot(a.data(), b.data(), a.size());
}

}  // namespace faceward::templates
