#pragma once

#include "service/api/error_table.hpp"
#include "service/api/pattern.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace faceward::api {

/// What a route does.
enum class Method {
    version,
    health,    ///< of the route's group
    document,  ///< the description or the page that shows it
    work,      ///< `Route::work` is set
};

/// Where its work is done.
enum class Place {
    at_once,             ///< on the I/O thread: microseconds
    at_once_when_small,  ///< so with a body of up to `small_body_bytes`, else in a slot
    in_slot,             ///< on a worker slot, after the queue
};

/// A body of two templates, base64 or not, is much smaller; one of this size takes far less than a
/// millisecond to read.
constexpr std::size_t small_body_bytes = 65'536;

/// A row of the routing table.
struct Route {
    std::string_view verb;
    std::string_view path;
    Group group;
    Method method;
    Place place;
    Answer<http::Response> (*work)(const http::Request&, Work&);
};

/// The whole table.
std::span<const Route> all_routes();

/// The row for a verb and path. Refuses with `method` (a known path with another verb),
/// `bad_request` (an unknown path under a group) or `not_found`.
Answer<const Route*> find_route(std::string_view verb, std::string_view path);

/// Whose codes errors on this path carry.
Group group_of(std::string_view path);

/// The path as the log names it: a known one, or "unknown", so that what strangers type stays out
/// of the log.
std::string_view route_name(std::string_view path);

}  // namespace faceward::api
