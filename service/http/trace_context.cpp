#include "service/http/trace_context.hpp"

#include "service/http/request_id.hpp"

#include <algorithm>

namespace faceward::http {
namespace {

constexpr bool is_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

constexpr int value_of(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }

bool is_zero(std::string_view digits) {
    return digits.find_first_not_of('0') == std::string_view::npos;
}

/// As many digits from the front and the hyphen behind them, if there must be one; else nothing.
std::string_view take(std::string_view& text, std::size_t count, bool hyphen) {
    const std::string_view digits = text.substr(0, count);
    const bool right = digits.size() == count && std::ranges::all_of(digits, is_digit) &&
                       (!hyphen || text.substr(count).starts_with('-'));
    if (!right) return {};
    text.remove_prefix(count + (hyphen ? 1 : 0));
    return digits;
}

/// 16 random digits, those of a UUID that carry no version.
std::string fresh_span_id() {
    const std::string uuid = fresh_request_id();
    return uuid.substr(0, 8) + uuid.substr(uuid.size() - 8);
}

}  // namespace

std::optional<TraceContext> read_traceparent(std::string_view header) {
    const std::string_view version = take(header, 2, true);
    const std::string_view trace = take(header, 32, true);
    const std::string_view parent = take(header, 16, true);
    const std::string_view flags = take(header, 2, false);
    if (version.empty() || trace.empty() || parent.empty() || flags.empty()) return std::nullopt;
    // Later versions may go on behind what is known.
    const bool ends = header.empty() || (version != "00" && header.starts_with('-'));
    if (version == "ff" || !ends || is_zero(trace) || is_zero(parent)) return std::nullopt;
    return TraceContext{std::string(trace), std::string(parent), fresh_span_id(),
                        value_of(flags[1]) % 2 == 1};
}

std::string traceparent(const TraceContext& trace) {
    return "00-" + trace.trace_id + "-" + trace.span_id + (trace.sampled ? "-01" : "-00");
}

}  // namespace faceward::http
