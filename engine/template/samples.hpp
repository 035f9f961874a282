#pragma once

#include "engine/template/codec.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

/// Vectors and makers for tests.
namespace faceward::templates::samples {

/// A vector of unit length in a random direction.
std::vector<float> unit_vector(std::size_t dimension, unsigned seed);

/// A unit vector whose cosine with the unit vector `from` is about `cosine`.
std::vector<float> unit_vector_near(const std::vector<float>& from, float cosine, unsigned seed);

/// The elements of a vector in binary16.
std::vector<Half> halves(const std::vector<float>& vector);

/// "default/balanced 1.0.0" with the identity 0, 1, … 15.
Maker maker();

/// Writes the checksum anew after a change to an encoded template.
void seal(std::vector<std::uint8_t>& bytes);

}  // namespace faceward::templates::samples
