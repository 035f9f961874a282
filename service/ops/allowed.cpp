#include "service/ops/allowed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace faceward::ops {
namespace {

/// Lambdas as the cases of one std::visit.
template <class... Cases>
struct Match : Cases... {  // NOLINT(misc-multiple-inheritance): the cases are lambdas
    using Cases::operator()...;
};

std::string either(std::span<const std::string_view> words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 < words.size() ? ", " : " or ";
        text += words[i];
    }
    return text;
}

template <class T>
std::optional<Value> parse(std::string_view text) {
    T value{};
    const char* begin = std::to_address(text.begin());
    const char* end = std::to_address(text.end());
    const auto [rest, fault] = std::from_chars(begin, end, value);
    if (fault != std::errc{} || rest != end) return std::nullopt;
    return value;
}

std::optional<Value> parse_switch(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

/// The parts between the commas; none of the empty text.
std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        words.emplace_back(text.substr(0, comma));
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
        if (text.empty()) words.emplace_back();
    }
    return words;
}

bool is_word(std::string_view text) {
    return !text.empty() && std::ranges::none_of(text, [](unsigned char c) {
        return c <= ' ' || c == ',' || c == 0x7F;
    });
}

/// A value of T for which `holds`, or nothing.
template <class T, class Test>
std::optional<Value> only(const Value& value, Test holds) {
    const T* held = std::get_if<T>(&value);
    if (held == nullptr || !holds(*held)) return std::nullopt;
    return *held;
}

}  // namespace

std::string describe(const Allowed& allowed) {
    return std::visit(
        Match{
            [](Switch) -> std::string { return "true or false"; },
            [](Whole w) { return fmt::format("a whole number from {} to {}", w.least, w.most); },
            [](Number n) { return fmt::format("a number from {} to {}", n.least, n.most); },
            [](Text t) -> std::string {
                return t.may_be_empty ? "text" : "text that is not empty";
            },
            [](Secret) -> std::string { return "text"; },
            [](Choice c) { return either(c.words); },
            [](List) -> std::string {
                return R"(a list of words without blanks: ["a", "b"] in a file, a,b elsewhere)";
            },
        },
        allowed);
}

std::optional<Value> accept(const Allowed& allowed, const Value& value) {
    const auto within = [](auto range) {
        return [range](auto v) { return v >= range.least && v <= range.most; };
    };
    return std::visit(
        Match{
            [&](Switch) { return only<bool>(value, [](bool) { return true; }); },
            [&](Whole w) { return only<std::int64_t>(value, within(w)); },
            [&](Number n) {
                const auto* whole = std::get_if<std::int64_t>(&value);
                return only<double>(whole != nullptr ? Value(static_cast<double>(*whole)) : value,
                                    within(n));
            },
            [&](Text t) {
                return only<std::string>(
                    value, [&](const std::string& s) { return t.may_be_empty || !s.empty(); });
            },
            [&](Secret) { return only<std::string>(value, [](const auto&) { return true; }); },
            [&](Choice c) {
                return only<std::string>(value, [&](const std::string& s) {
                    return std::ranges::find(c.words, s) != c.words.end();
                });
            },
            [&](List) {
                return only<std::vector<std::string>>(
                    value, [](const auto& words) { return std::ranges::all_of(words, is_word); });
            },
        },
        allowed);
}

std::optional<Value> accept_text(const Allowed& allowed, std::string_view text) {
    const std::optional<Value> value =
        std::visit(Match{
                       [&](Switch) { return parse_switch(text); },
                       [&](Whole) { return parse<std::int64_t>(text); },
                       [&](Number) { return parse<double>(text); },
                       [&](List) -> std::optional<Value> { return split(text); },
                       [&](const auto&) -> std::optional<Value> { return std::string(text); },
                   },
                   allowed);
    return value ? accept(allowed, *value) : std::nullopt;
}

}  // namespace faceward::ops
