#include "engine/media/medium.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

namespace faceward::media {
namespace {

using Bytes = std::span<const std::uint8_t>;
using namespace std::string_view_literals;

bool has(Bytes bytes, std::size_t offset, std::string_view text) {
    return bytes.size() >= offset + text.size() &&
           std::equal(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset),
                      [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

/// ISO base media (ISO/IEC 14496-12) begins with a box; the brand in `ftyp` tells which kind it is.
std::optional<Container> iso_media(Bytes bytes) {
    if (has(bytes, 4, "ftyp")) {
        if (has(bytes, 8, "qt  ")) return Container::quicktime;
        if (has(bytes, 8, "3gp") || has(bytes, 8, "3g2")) return Container::three_gp;
        return Container::mp4;
    }
    // Files older than `ftyp` are QuickTime's.
    for (const std::string_view box : {"moov", "mdat", "wide", "free", "skip", "pnot"})
        if (has(bytes, 4, box)) return Container::quicktime;
    return std::nullopt;
}

std::optional<Container> ebml(Bytes bytes) {
    if (!has(bytes, 0, "\x1A\x45\xDF\xA3")) return std::nullopt;
    // The document type stands in the header, which is a few dozen bytes long.
    constexpr std::size_t header = 64;
    constexpr std::string_view webm = "webm";
    const Bytes start = bytes.first(std::min(header, bytes.size()));
    const bool found = !std::ranges::search(start, webm, {}, {}, [](char c) {
                            return static_cast<std::uint8_t>(c);
                        }).empty();
    return found ? Container::webm : Container::matroska;
}

/// Packets of 188 bytes, or of 192 with a time code before each, begin with 0x47 (ISO/IEC 13818-1).
bool is_transport_stream(Bytes bytes) {
    constexpr std::uint8_t sync = 0x47;
    constexpr std::size_t packets = 3;
    const auto holds = [&](std::size_t first, std::size_t step) {
        if (bytes.size() < first + step) return false;
        for (std::size_t i = 0; i < packets && first + i * step < bytes.size(); ++i)
            if (bytes[first + i * step] != sync) return false;
        return true;
    };
    return holds(0, 188) || holds(4, 192);
}

/// A tar header: `ustar`, or in older files a checksum that holds (POSIX.1-1988, pax).
bool is_tar(Bytes bytes) {
    constexpr std::size_t block = 512;
    constexpr std::size_t checksum_at = 148;
    constexpr std::size_t checksum_length = 8;
    if (bytes.size() < block) return false;
    if (has(bytes, 257, "ustar")) return true;
    const Bytes header = bytes.first(block);
    unsigned sum = checksum_length * ' ';
    for (std::size_t i = 0; i < block; ++i)
        if (i < checksum_at || i >= checksum_at + checksum_length) sum += header[i];
    unsigned stored = 0;
    bool any = false;
    for (const std::uint8_t c : header.subspan(checksum_at, checksum_length)) {
        if (c >= '0' && c <= '7') {
            stored = stored * 8 + (c - '0');
            any = true;
        } else if (any) {
            break;
        }
    }
    return any && header[0] != 0 && stored == sum;
}

}  // namespace

std::optional<Container> container_of(Bytes bytes) {
    if (has(bytes, 0, "\xFF\xD8\xFF"sv)) return Container::jpeg;
    if (has(bytes, 0, "\x89PNG\r\n\x1A\n"sv)) return Container::png;
    if (has(bytes, 0, "PK\x03\x04"sv) || has(bytes, 0, "PK\x05\x06"sv)) return Container::zip;
    if (has(bytes, 0, "\x1F\x8B"sv)) return Container::gzip;
    if (has(bytes, 0, "BZh"sv)) return Container::bzip2;
    if (has(bytes, 0,
            "\xFD"
            "7zXZ\0"sv))
        return Container::xz;
    if (has(bytes, 0, "RIFF"sv) && has(bytes, 8, "AVI "sv)) return Container::avi;
    if (has(bytes, 0, "\0\0\x01\xBA"sv) || has(bytes, 0, "\0\0\x01\xB3"sv))
        return Container::mpeg_ps;
    if (const auto media = iso_media(bytes)) return media;
    if (const auto media = ebml(bytes)) return media;
    if (is_tar(bytes)) return Container::tar;
    if (is_transport_stream(bytes)) return Container::mpeg_ts;
    return std::nullopt;
}

Kind kind_of(Container container) {
    if (container <= Container::png) return Kind::picture;
    return container <= Container::mpeg_ps ? Kind::video : Kind::archive;
}

std::string_view mime_type(Container container) {
    constexpr std::array names{
        "image/jpeg"sv,       "image/png"sv,           "video/mp4"sv,        "video/quicktime"sv,
        "video/3gpp"sv,       "video/webm"sv,          "video/x-matroska"sv, "video/x-msvideo"sv,
        "video/mp2t"sv,       "video/mpeg"sv,          "application/zip"sv,  "application/x-tar"sv,
        "application/gzip"sv, "application/x-bzip2"sv, "application/x-xz"sv,
    };
    return names.at(static_cast<std::size_t>(container));
}

}  // namespace faceward::media
