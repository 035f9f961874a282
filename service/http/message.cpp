#include "service/http/message.hpp"

#include "service/http/ascii.hpp"

#include <algorithm>

namespace faceward::http {

std::string_view Request::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [&](const Header& header) { return equal_ignoring_case(header.first, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace faceward::http
