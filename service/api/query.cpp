#include "service/api/query.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace faceward::api {

Answer<bool> query_switch(std::string_view query, std::string_view name) {
    std::optional<std::string_view> value;
    const auto refuse = [&](const char* why) {
        return tl::make_unexpected(ApiError{Refusal::bad_request, std::string(name) + why});
    };
    while (!query.empty()) {
        const std::string_view parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), parameter.size() + 1));
        const std::size_t equals = parameter.find('=');
        if (parameter.substr(0, equals) != name) continue;
        if (value) return refuse(" is there twice");
        value = equals == std::string_view::npos ? "" : parameter.substr(equals + 1);
    }
    if (!value || *value == "0") return false;
    if (*value != "1") return refuse(" can be 0 or 1");
    return true;
}

}  // namespace faceward::api
