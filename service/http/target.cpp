#include "service/http/target.hpp"

#include "service/http/ascii.hpp"

namespace faceward::http {
namespace {

/// Drops an origin such as "http://example.org:80"; an empty path is then "/".
std::string_view without_origin(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos) return target;
    if (!equal_ignoring_case(target.substr(0, scheme), "http") &&
        !equal_ignoring_case(target.substr(0, scheme), "https"))
        return target;
    const std::size_t path = target.find_first_of("/?", scheme + 3);
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

}  // namespace

Target split_target(std::string_view target) {
    target = without_origin(target);
    const std::size_t mark = target.find('?');
    if (mark == std::string_view::npos) return {target, {}};
    return {mark == 0 ? std::string_view("/") : target.substr(0, mark), target.substr(mark + 1)};
}

}  // namespace faceward::http
