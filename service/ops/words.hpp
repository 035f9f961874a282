#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace faceward::ops {

/// The words by which people write the enumerators of E, in the order of the enumerators (0, 1, …).
template <class E>
inline constexpr std::array<std::string_view, 0> words{};

/// The word of an enumerator.
template <class E>
constexpr std::string_view word(E value) {
    return words<E>.at(static_cast<std::size_t>(value));
}

/// The enumerator of a word.
template <class E>
constexpr std::optional<E> from_word(std::string_view text) {
    const auto found = std::ranges::find(words<E>, text);
    if (found == words<E>.end()) return std::nullopt;
    return static_cast<E>(found - words<E>.begin());
}

}  // namespace faceward::ops
