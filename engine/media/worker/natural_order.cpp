#include "engine/media/worker/natural_order.hpp"

#include <charconv>
#include <cstddef>

namespace faceward::media {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Consumes a run of digits, zeros in front left out.
std::string_view take_number(std::string_view& text) {
    std::size_t zeros = 0;
    while (zeros < text.size() && text[zeros] == '0') ++zeros;
    std::size_t end = zeros;
    while (end < text.size() && is_digit(text[end])) ++end;
    const std::string_view number = text.substr(zeros, end - zeros);
    text.remove_prefix(end);
    return number;
}

}  // namespace

bool naturally_before(std::string_view a, std::string_view b) {
    std::string_view left = a;
    std::string_view right = b;
    while (!left.empty() && !right.empty()) {
        if (is_digit(left.front()) && is_digit(right.front())) {
            const std::string_view x = take_number(left);
            const std::string_view y = take_number(right);
            if (x.size() != y.size()) return x.size() < y.size();
            if (x != y) return x < y;
        } else {
            if (left.front() != right.front()) return left.front() < right.front();
            left.remove_prefix(1);
            right.remove_prefix(1);
        }
    }
    if (left.empty() != right.empty()) return left.empty();
    return a < b;  // equal but for zeros in front of numbers
}

std::optional<std::int64_t> number_in_name(std::string_view name) {
    constexpr std::size_t most_digits = 15;
    if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    name = name.substr(0, name.rfind('.'));
    while (!name.empty() && !is_digit(name.back())) name.remove_suffix(1);
    std::size_t begin = name.size();
    while (begin > 0 && is_digit(name[begin - 1])) --begin;
    name.remove_prefix(begin);
    if (name.empty() || name.size() > most_digits) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    return number;
}

}  // namespace faceward::media
