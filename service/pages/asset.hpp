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
};

/// The asset of a path, or null.
const Asset* find_asset(std::span<const Asset> among, std::string_view path);

/// The answer to a GET of an asset: 200 with its bytes, or 304 when `if_none_match` (RFC 9110
/// §13.1.2) names it. A page may load nothing from elsewhere and run nothing inline, and nobody may
/// frame it.
http::Response asset_response(const Asset& asset, std::string_view if_none_match);

}  // namespace faceward::pages
