#pragma once

#include "service/api/form.hpp"
#include "service/api/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::api {

/// One entry of `analyses`.
struct AnalysisRequest {
    Json meta_data = Json::object();
    double threshold_spoofing = 0.5;  ///< 0…1; a higher attack probability declines
    bool extract_best_shot = false;
};

/// The `payload` part of a detect request; what is missing has its default.
struct Payload {
    Json folder_meta_data = Json::object();
    std::optional<std::string> resolution_endpoint;
    std::map<std::string, Json, std::less<>> media_meta_data;
    std::map<std::string, std::vector<std::string>, std::less<>> media_tags;
    std::vector<AnalysisRequest> analyses;  ///< at least one

    /// The tags of the medium of that key, none where it has none.
    const std::vector<std::string>& tags_of(std::string_view key) const {
        static const std::vector<std::string> none;
        const auto given = media_tags.find(key);
        return given == media_tags.end() ? none : given->second;
    }
};

/// Reads the JSON of a payload part (RFC 8259; at most 1 MiB, times one more than the number of
/// analyses at most 4 MiB; 10,000 members, and 64 levels deep). A field that is null is as one that
/// is missing. Fields that the protocol does not know are ignored. `threshold` is the default of
/// `threshold_spoofing`. Refuses with `bad_request`, naming the field.
Answer<Payload> parse_payload(std::string_view text, double threshold);

}  // namespace faceward::api
