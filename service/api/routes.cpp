#include "service/api/routes.hpp"

#include "service/api/face.hpp"
#include "service/api/liveness.hpp"

#include <algorithm>

namespace faceward::api {
namespace {

constexpr std::string_view pattern_prefix = "/v1/face/pattern";
constexpr std::string_view liveness_prefix = "/v1/face/liveness";

constexpr Route routes[] = {
    {"GET", "/version", Group::pattern, Method::version, Place::at_once, nullptr},
    {"GET", "/v1/face/pattern/health", Group::pattern, Method::health, Place::at_once, nullptr},
    {"POST", "/v1/face/pattern/extract", Group::pattern, Method::work, Place::in_slot, &extract},
    // One comparison takes a few microseconds: less than the way to a slot and back.
    {"POST", "/v1/face/pattern/compare", Group::pattern, Method::work, Place::at_once_when_small,
     &compare},
    {"POST", "/v1/face/pattern/verify", Group::pattern, Method::work, Place::in_slot, &verify},
    {"POST", "/v1/face/pattern/extract_and_compare", Group::pattern, Method::work, Place::in_slot,
     &extract_and_compare},
    {"POST", "/v1/face/pattern/compare_n", Group::pattern, Method::work, Place::in_slot,
     &compare_n},
    {"POST", "/v1/face/pattern/verify_n", Group::pattern, Method::work, Place::in_slot, &verify_n},
    {"POST", "/v1/face/pattern/extract_and_compare_n", Group::pattern, Method::work, Place::in_slot,
     &extract_and_compare_n},
    {"POST", "/v1/face/quality", Group::pattern, Method::work, Place::in_slot, &assess_quality},
    {"POST", "/v1/face/detect", Group::pattern, Method::work, Place::in_slot, &detect_faces},
    {"GET", "/v1/face/liveness/health", Group::liveness, Method::health, Place::at_once, nullptr},
    {"POST", "/v1/face/liveness/detect", Group::liveness, Method::work, Place::in_slot, &detect},
    {"GET", "/openapi.json", Group::pattern, Method::document, Place::at_once, nullptr},
    {"GET", "/docs", Group::pattern, Method::document, Place::at_once, nullptr},
    {"GET", "/docs/start.js", Group::pattern, Method::document, Place::at_once, nullptr},
    {"GET", "/docs/swagger-ui.css", Group::pattern, Method::document, Place::at_once, nullptr},
    {"GET", "/docs/swagger-ui-bundle.js", Group::pattern, Method::document, Place::at_once,
     nullptr},
    {"GET", "/docs/licence.txt", Group::pattern, Method::document, Place::at_once, nullptr},
};

bool is_under(std::string_view path, std::string_view prefix) {
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

const Route* route_of(std::string_view path) {
    const auto* const found = std::ranges::find(routes, path, &Route::path);
    return found == std::end(routes) ? nullptr : found;
}

}  // namespace

std::span<const Route> all_routes() { return routes; }

Answer<const Route*> find_route(std::string_view verb, std::string_view path) {
    if (const Route* route = route_of(path)) {
        if (route->verb == verb) return route;
        return tl::make_unexpected(
            ApiError{Refusal::method, std::string(path) + " takes " + std::string(route->verb)});
    }
    for (const std::string_view group :
         {pattern_prefix, liveness_prefix, std::string_view("/v1/face/quality"),
          std::string_view("/v1/face/detect"), std::string_view("/version")})
        if (is_under(path, group))
            return tl::make_unexpected(ApiError{Refusal::bad_request, "there is no such method"});
    return tl::make_unexpected(ApiError{Refusal::not_found, {}});
}

Group group_of(std::string_view path) {
    return is_under(path, liveness_prefix) ? Group::liveness : Group::pattern;
}

std::string_view route_name(std::string_view path) {
    const Route* route = route_of(path);
    return route ? route->path : "unknown";
}

}  // namespace faceward::api
