#include "service/pages/asset.hpp"

#include <algorithm>
#include <string>

namespace faceward::pages {
namespace {

/// Tags are compared weakly: a digest holds neither quotes nor commas, so to find it is to match.
bool names(std::string_view if_none_match, const std::string& tag) {
    return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

}  // namespace

const Asset* find_asset(std::span<const Asset> among, std::string_view path) {
    const auto found = std::ranges::find(among, path, &Asset::path);
    return found == among.end() ? nullptr : &*found;
}

http::Response asset_response(const Asset& asset, std::string_view if_none_match,
                              std::string_view policy) {
    const std::string tag = '"' + std::string(asset.digest) + '"';
    http::Response response;
    response.content_type = asset.content_type;
    response.cache_control = asset.immutable ? "public, max-age=31536000, immutable" : "no-cache";
    response.headers = {{"ETag", tag}};
    if (asset.content_type.starts_with("text/html"))
        response.headers.insert(response.headers.end(),
                                {{"Content-Security-Policy", std::string(policy)},
                                 {"Cross-Origin-Opener-Policy", "same-origin"},
                                 {"Referrer-Policy", "no-referrer"}});
    if (names(if_none_match, tag))
        response.status = 304;
    else
        response.body = asset.bytes;
    return response;
}

}  // namespace faceward::pages
