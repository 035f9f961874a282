#pragma once

#include <algorithm>
#include <string_view>

namespace faceward::http {

/// The letter in lower case, whatever the locale.
constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Equality of field names and tokens, which are case-insensitive (RFC 9110 §5.1).
constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

/// Drops the prefix if the text begins with it, and says whether it did.
constexpr bool skip(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// Drops leading characters out of the set.
constexpr void skip_any(std::string_view& text, std::string_view set) {
    text.remove_prefix(std::min(text.find_first_not_of(set), text.size()));
}

/// The text without spaces, tabs and line breaks at both ends.
constexpr std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    skip_any(text, blanks);
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace faceward::http
