#pragma once

#include "engine/result.hpp"
#include "engine/template/half.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace faceward::templates {

/// What made a template. Templates are comparable if, and only if, their makers' identities are
/// equal.
struct Maker {
    std::array<std::uint8_t, 16>
        identity;       ///< the first half of a SHA-256 over the networks and how they are used
    std::string label;  ///< for people, such as "default/balanced 1.0.0"; 31 bytes of it are kept
};

/// A face template (ISO/IEC 2382-37): a vector of unit length, its elements in binary16.
class Template {
  public:
    std::size_t dimension() const { return elements_.size(); }
    std::span<const Half> elements() const { return elements_; }

    /// Whether the elements are equal, bit by bit.
    bool operator==(const Template&) const = default;

  private:
    explicit Template(std::vector<Half> elements) : elements_(std::move(elements)) {}
    friend Template make(std::span<const float> unit_vector);
    friend Result<Template> decode(std::span<const std::uint8_t> bytes, const Maker& expected,
                                   std::size_t dimension);

    std::vector<Half> elements_;
};

/// A template of a vector of unit length with 1…65535 finite elements, each rounded to binary16.
Template make(std::span<const float> unit_vector);

/// The bytes of a template, laid out as docs/template-format.md tells: 60 and 2 for each element.
std::vector<std::uint8_t> encode(const Template& face_template, const Maker& maker);

/// The template in `bytes`, which must be made by `expected` and have `dimension` elements. Fails
/// with `template_unreadable`; the reasons tell apart what is empty, foreign, of an unknown format,
/// cut, changed, made by another model, and not a vector of unit length. Memory is taken only for
/// as many elements as `bytes` holds.
Result<Template> decode(std::span<const std::uint8_t> bytes, const Maker& expected,
                        std::size_t dimension);

}  // namespace faceward::templates
