#include "service/http/message.hpp"

#include "service/http/ascii.hpp"

#include <algorithm>

namespace faceward::http {

std::string_view Request::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [&](const Header& header) { return equal_ignoring_case(header.first, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

void Response::note_stages(std::span<const std::pair<std::string_view, double>> times) {
    for (const auto& [stage, ms] : times) {
        const auto known =
            std::ranges::find(stages_ms, stage, [](const auto& entry) { return entry.first; });
        if (known == stages_ms.end())
            stages_ms.emplace_back(stage, ms);
        else
            known->second += ms;
    }
}

}  // namespace faceward::http
