#include "service/http/parameters.hpp"

#include "service/http/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace faceward::http {
namespace {

/// Names are compared with one another: without a bound, a long header would cost the square of its
/// length.
constexpr std::size_t max_parameters = 16;

constexpr std::string_view blanks = " \t\r\n";  // line breaks too: a folded header holds them

/// Consumes the text up to one of the stop characters or the end.
std::string_view take_until(std::string_view& text, std::string_view stops) {
    const std::string_view taken = text.substr(0, text.find_first_of(stops));
    text.remove_prefix(taken.size());
    return taken;
}

/// Consumes what stands behind an opening quote, and the closing one.
std::optional<std::string> take_quoted(std::string_view& text) {
    std::string value;
    while (!text.empty()) {
        if (skip(text, "\"")) return value;
        if (text.starts_with("\\\"") || text.starts_with("\\\\")) text.remove_prefix(1);
        value += text.front();
        text.remove_prefix(1);
    }
    return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& text) {
    if (skip(text, "\"")) return take_quoted(text);
    const std::string_view value = take_until(text, "; \t\r\n");
    return value.empty() ? std::nullopt : std::optional<std::string>(value);
}

tl::unexpected<std::string> complaint(std::string_view parameter, std::string_view about) {
    return tl::make_unexpected("the parameter " + std::string(parameter) + " " +
                               std::string(about));
}

std::optional<std::uint8_t> take_percent_byte(std::string_view& text) {
    std::uint8_t byte = 0;
    if (text.size() < 3 ||
        std::from_chars(text.data() + 1, text.data() + 3, byte, 16).ptr != text.data() + 3)
        return std::nullopt;
    text.remove_prefix(3);
    return byte;
}

void append_as_utf8(std::string& text, std::uint8_t latin1) {
    if (latin1 < 0x80U) {
        text += static_cast<char>(latin1);
    } else {
        text += static_cast<char>(0xC0U | latin1 >> 6U);
        text += static_cast<char>(0x80U | (latin1 & 0x3FU));
    }
}

}  // namespace

tl::expected<ParameterisedValue, std::string> ParameterisedValue::parse(std::string_view text) {
    ParameterisedValue parsed;
    parsed.value_ = trim(take_until(text, ";"));
    while (skip(text, ";")) {
        skip_any(text, blanks);
        if (text.empty() || text.front() == ';') continue;
        if (parsed.parameters_.size() == max_parameters)
            return tl::make_unexpected("there are too many parameters");
        const std::string_view name = trim(take_until(text, "=;\""));
        if (name.empty() || !skip(text, "="))
            return tl::make_unexpected("a parameter is malformed");
        if (parsed.parameter(name) != nullptr) return complaint(name, "is there twice");
        skip_any(text, blanks);
        auto value = take_value(text);
        if (!value) return complaint(name, "has no value or an open quote");
        parsed.parameters_.emplace_back(name, std::move(*value));
        skip_any(text, blanks);
        if (!text.empty() && text.front() != ';')
            return complaint(name, "has a value that must be quoted");
    }
    return parsed;
}

const std::string* ParameterisedValue::parameter(std::string_view name) const {
    const auto found = std::ranges::find_if(parameters_, [&](const auto& parameter) {
        return equal_ignoring_case(parameter.first, name);
    });
    return found == parameters_.end() ? nullptr : &found->second;
}

std::optional<std::string> decode_extended(std::string_view value) {
    const std::string_view charset = take_until(value, "'");
    const bool utf8 = equal_ignoring_case(charset, "UTF-8");
    if (!utf8 && !equal_ignoring_case(charset, "ISO-8859-1")) return std::nullopt;
    if (!skip(value, "'")) return std::nullopt;
    take_until(value, "'");
    if (!skip(value, "'")) return std::nullopt;

    std::string text;
    while (!value.empty()) {
        text += take_until(value, "%");
        if (value.empty()) break;
        const auto byte = take_percent_byte(value);
        if (!byte) return std::nullopt;
        if (utf8)
            text += static_cast<char>(*byte);
        else
            append_as_utf8(text, *byte);
    }
    return text;
}

}  // namespace faceward::http
