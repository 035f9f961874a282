#include "service/http/response_head.hpp"

#include <array>
#include <cstddef>

namespace faceward::http {
namespace {

/// The reason phrase, which only people read (RFC 9112 §4); empty for a status that we do not use.
std::string_view reason_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 413:
            return "Content Too Large";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "";
    }
}

void append_two_digits(std::string& text, unsigned value) {
    text += static_cast<char>('0' + value / 10 % 10);
    text += static_cast<char>('0' + value % 10);
}

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7). By hand, because strftime speaks the locale's
/// language.
void append_date(std::string& text, std::chrono::system_clock::time_point now) {
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(now - day));
    text += days[std::chrono::weekday(day).c_encoding()];
    text += ", ";
    append_two_digits(text, static_cast<unsigned>(date.day()));
    text += ' ';
    text += months[static_cast<unsigned>(date.month()) - 1];
    text += ' ';
    text += std::to_string(static_cast<int>(date.year()));
    text += ' ';
    append_two_digits(text, static_cast<unsigned>(time.hours().count()));
    text += ':';
    append_two_digits(text, static_cast<unsigned>(time.minutes().count()));
    text += ':';
    append_two_digits(text, static_cast<unsigned>(time.seconds().count()));
    text += " GMT";
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

}  // namespace

std::string response_head(const Response& response, std::string_view request_id, bool keep_alive,
                          std::chrono::system_clock::time_point now) {
    std::string head;
    head.reserve(512);
    head += "HTTP/1.1 ";
    head += std::to_string(response.status);
    head += ' ';
    head += reason_phrase(response.status);
    head += "\r\nDate: ";
    append_date(head, now);
    head += "\r\n";
    append_header(head, "Server", "faceward");
    append_header(head, "X-Request-ID", request_id);
    append_header(head, "Connection", keep_alive ? "keep-alive" : "close");
    append_header(head, "Cache-Control", response.cache_control);
    append_header(head, "X-Content-Type-Options", "nosniff");
    append_header(head, "Content-Type", response.content_type);
    // A 304 has no body, and its Content-Length would be that of the 200 (RFC 9110 §8.6).
    if (response.status != 304)
        append_header(head, "Content-Length", std::to_string(response.body.size()));
    for (const auto& [name, value] : response.headers) append_header(head, name, value);
    head += "\r\n";
    return head;
}

}  // namespace faceward::http
