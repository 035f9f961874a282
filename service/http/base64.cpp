#include "service/http/base64.hpp"

#include "service/http/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace faceward::http {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Set in a table's entry, and so in any combination of entries, for a character outside the
/// alphabet.
constexpr std::uint32_t foreign = 1U << 31U;

using Table = std::array<std::uint32_t, 256>;

/// What each character contributes to a group of 24 bits when it stands at one of the four places.
constexpr std::array<Table, 4> contributions = [] {
    std::array<Table, 4> tables{};
    for (std::size_t place = 0; place < 4; ++place) {
        tables[place].fill(foreign);
        for (std::size_t i = 0; i < alphabet.size(); ++i)
            tables[place][static_cast<std::uint8_t>(alphabet[i])] =
                static_cast<std::uint32_t>(i << (18 - 6 * place));
    }
    return tables;
}();

constexpr std::uint32_t group_of(const char* four) {
    std::uint32_t group = 0;
    for (std::size_t place = 0; place < 4; ++place)
        group |= contributions[place][static_cast<std::uint8_t>(four[place])];
    return group;
}

void put_group(std::uint32_t group, char* three) {
    three[0] = static_cast<char>(group >> 16U);
    three[1] = static_cast<char>(group >> 8U);
    three[2] = static_cast<char>(group);
}

bool is_line_break(char c) { return c == '\r' || c == '\n'; }

/// Moves up to four characters that are no line breaks out of the text; says how many there were.
std::size_t take_four(std::string_view& text, std::array<char, 4>& four) {
    std::size_t count = 0;
    while (!text.empty() && count < four.size()) {
        if (!is_line_break(text.front())) four[count++] = text.front();
        text.remove_prefix(1);
    }
    return count;
}

/// Decodes whole groups up to the first that has a line break, padding or a foreign character in
/// it.
char* decode_groups(std::string_view& text, char* to) {
    std::size_t at = 0;
    for (; at + 4 <= text.size(); at += 4, to += 3) {
        const std::uint32_t group = group_of(&text[at]);
        if ((group & foreign) != 0) break;
        put_group(group, to);
    }
    text.remove_prefix(at);
    return to;
}

tl::unexpected<std::string> unreadable(const char* why) {
    return tl::make_unexpected("it is not base64: " + std::string(why));
}

}  // namespace

tl::expected<std::string, std::string> from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3, '\0');
    char* to = bytes.data();
    std::size_t padding = 0;
    while (padding == 0) {
        to = decode_groups(text, to);
        std::array<char, 4> four{};
        const std::size_t count = take_four(text, four);
        if (count == 0) break;
        if (count < 4) return unreadable("it is cut short or its padding is missing");
        for (; padding < 2 && four[3 - padding] == '='; ++padding) four[3 - padding] = 'A';
        const std::uint32_t group = group_of(four.data());
        if ((group & foreign) != 0) return unreadable("a character is outside the alphabet");
        if (padding > 0 && (group & ((1U << (8 * padding)) - 1)) != 0)
            return unreadable("bits are left over before the padding");
        put_group(group, to);
        to += 3;
    }
    skip_any(text, "\r\n");
    if (!text.empty()) return unreadable("something follows the padding");
    bytes.resize(static_cast<std::size_t>(to - bytes.data()) - padding);
    return bytes;
}

std::string to_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4, '=');
    char* to = text.data();
    const auto byte = [&](std::size_t i) {
        return i < bytes.size() ? std::uint32_t{static_cast<std::uint8_t>(bytes[i])} : 0U;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 3, to += 4) {
        const std::uint32_t group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        const std::size_t characters = std::min<std::size_t>(bytes.size() - i, 3) + 1;
        for (std::size_t place = 0; place < characters; ++place)
            to[place] = alphabet[group >> (18 - 6 * place) & 63U];
    }
    return text;
}

}  // namespace faceward::http
