#pragma once

#include "service/http/message.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace faceward::pages {

/// A file that was built into the program (cmake/embed.cmake).
struct Asset {
    std::string_view path;          ///< where it is served: "/docs", "/docs/page.css", …
    std::string_view content_type;  ///< as the header says it
    std::string_view digest;        ///< SHA-256 of the bytes, hexadecimal
    std::string_view bytes;
    bool immutable = false;  ///< its path changes with its bytes
};

/// What a page may do, unless it says otherwise (W3C Content Security Policy): load nothing from
/// elsewhere, run nothing inline.
inline constexpr std::string_view default_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The asset of a path, or null.
const Asset* find_asset(std::span<const Asset> among, std::string_view path);

/// The answer to a GET of an asset: 200 with its bytes, or 304 when `if_none_match` (RFC 9110
/// §13.1.2) names it. What is immutable may be kept for good, anything else is asked for again.
http::Response asset_response(const Asset& asset, std::string_view if_none_match,
                              std::string_view policy = default_policy);

}  // namespace faceward::pages
