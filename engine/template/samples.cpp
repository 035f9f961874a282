#include "engine/template/samples.hpp"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace faceward::templates::samples {
namespace {

void normalise(std::vector<float>& vector) {
    const float length =
        std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0F));
    for (float& element : vector) element /= length;
}

}  // namespace

std::vector<float> unit_vector(std::size_t dimension, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> vector(dimension);
    std::generate(vector.begin(), vector.end(), [&] { return normal(random); });
    normalise(vector);
    return vector;
}

std::vector<float> unit_vector_near(const std::vector<float>& from, float cosine, unsigned seed) {
    std::vector<float> across = unit_vector(from.size(), seed);
    const float along = std::inner_product(from.begin(), from.end(), across.begin(), 0.0F);
    for (std::size_t i = 0; i < from.size(); ++i) across[i] -= along * from[i];
    normalise(across);
    const float sine = std::sqrt(1 - cosine * cosine);
    for (std::size_t i = 0; i < from.size(); ++i) across[i] = cosine * from[i] + sine * across[i];
    return across;
}

std::vector<Half> halves(const std::vector<float>& vector) {
    std::vector<Half> result(vector.size());
    std::transform(vector.begin(), vector.end(), result.begin(), to_half);
    return result;
}

Maker maker() {
    Maker result{{}, "default/balanced 1.0.0"};
    std::iota(result.identity.begin(), result.identity.end(), std::uint8_t{0});
    return result;
}

void seal(std::vector<std::uint8_t>& bytes) {
    const std::size_t covered = bytes.size() - 4;
    const auto checksum = crc32_z(0, bytes.data(), covered);
    for (std::size_t i = 0; i < 4; ++i)
        bytes[covered + i] = static_cast<std::uint8_t>(checksum >> 8 * i & 0xFF);
}

}  // namespace faceward::templates::samples
