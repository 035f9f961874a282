#include "service/http/request_id.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace faceward::http {
namespace {

constexpr std::size_t max_id_length = 128;

constexpr bool is_id_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == ':' || c == '-';
}

/// From the kernel's generator: one call, no state to share between threads.
std::array<std::uint8_t, 16> random_bytes() {
    std::array<std::uint8_t, 16> bytes{};
    if (::getentropy(bytes.data(), bytes.size()) != 0)
        throw std::system_error(errno, std::generic_category(), "getentropy");
    return bytes;
}

}  // namespace

bool is_sane_request_id(std::string_view id) {
    return !id.empty() && id.size() <= max_id_length && std::ranges::all_of(id, is_id_character);
}

std::string fresh_request_id() {
    constexpr std::string_view digits = "0123456789abcdef";
    auto bytes = random_bytes();
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);  // version 4
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);  // variant of RFC 9562
    std::string id;
    id.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
        id += digits[bytes[i] >> 4U];
        id += digits[bytes[i] & 0x0FU];
    }
    return id;
}

}  // namespace faceward::http
