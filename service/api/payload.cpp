#include "service/api/payload.hpp"

#include <algorithm>
#include <utility>

namespace faceward::api {
namespace {

/// Writing JSON out again recurses, so depth is a limit on the stack.
constexpr int most_levels = 64;
constexpr std::size_t most_bytes = std::size_t{1} << 20U;
/// An object is searched from its beginning for each member that it takes.
constexpr std::size_t most_members = 10'000;
constexpr std::size_t most_analyses = 100;
/// The answer repeats what is said of the media for every analysis.
constexpr std::size_t most_repeated_bytes = std::size_t{4} << 20U;

tl::unexpected<ApiError> bad(const std::string& reason) {
    return tl::make_unexpected(ApiError{Refusal::bad_request, "payload: " + reason});
}

/// The member of an object, or null where it is missing or JSON null.
const Json* member(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

/// What a JSON text would make the parser do; of a text that is none, anything.
struct Extent {
    int levels = 0;           ///< of nesting
    std::size_t members = 0;  ///< of all objects
};

Extent extent_of(std::string_view text) {
    Extent extent;
    int level = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') in_string = !in_string;
        if (in_string && c == '\\') ++i;
        if (in_string) continue;
        if (c == '[' || c == '{') extent.levels = std::max(extent.levels, ++level);
        if (c == ']' || c == '}') --level;
        if (c == ':') ++extent.members;
    }
    return extent;
}

Answer<Json> parse(std::string_view text) {
    if (text.size() > most_bytes) return bad("is larger than 1 MiB");
    // Beforehand, because the library, asked to watch the depth itself, takes time that grows with
    // the square of a list's length.
    const Extent extent = extent_of(text);
    if (extent.levels > most_levels) return bad("is nested more than 64 levels deep");
    if (extent.members > most_members) return bad("has more than 10000 members");
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return bad("is no valid JSON");
    if (!json.is_object()) return bad("must be a JSON object");
    return json;
}

Answer<std::vector<std::string>> read_tags(const Json& tags, const std::string& field) {
    std::vector<std::string> words;
    if (!tags.is_array()) return bad(field + " must be a list of strings");
    for (const Json& tag : tags) {
        if (!tag.is_string()) return bad(field + " must be a list of strings");
        words.push_back(tag.get<std::string>());
    }
    return words;
}

Answer<AnalysisRequest> read_analysis(const Json& json, const std::string& field,
                                      double threshold) {
    AnalysisRequest analysis;
    analysis.threshold_spoofing = threshold;
    if (!json.is_object()) return bad(field + " must be an object");
    const Json* const type = member(json, "type");
    if (type == nullptr) return bad(field + ".type is missing");
    if (!type->is_string()) return bad(field + ".type must be a string");
    const auto& word = type->get_ref<const std::string&>();
    if (word != "quality" && word != "QUALITY")
        return bad(field + ".type can be \"quality\", nothing else");
    if (const Json* meta_data = member(json, "meta_data")) {
        if (!meta_data->is_object()) return bad(field + ".meta_data must be an object");
        analysis.meta_data = *meta_data;
    }
    const Json* const params = member(json, "params");
    if (params == nullptr) return analysis;
    if (!params->is_object()) return bad(field + ".params must be an object");
    if (const Json* value = member(*params, "threshold_spoofing")) {
        if (!value->is_number()) return bad(field + ".params.threshold_spoofing must be a number");
        analysis.threshold_spoofing = value->get<double>();
        if (analysis.threshold_spoofing < 0 || analysis.threshold_spoofing > 1)
            return bad(field + ".params.threshold_spoofing must lie between 0 and 1");
    }
    if (const Json* value = member(*params, "extract_best_shot")) {
        if (!value->is_boolean())
            return bad(field + ".params.extract_best_shot must be true or false");
        analysis.extract_best_shot = value->get<bool>();
    }
    return analysis;
}

Answer<std::vector<AnalysisRequest>> read_analyses(const Json& payload, double threshold) {
    std::vector<AnalysisRequest> analyses;
    const Json* const list = member(payload, "analyses");
    if (list != nullptr && !list->is_array()) return bad("analyses must be a list");
    if (list != nullptr && list->size() > most_analyses)
        return bad("analyses holds more than 100 entries");
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        auto analysis = read_analysis((*list)[i], "analyses[" + std::to_string(i) + "]", threshold);
        if (!analysis) return tl::make_unexpected(analysis.error());
        analyses.push_back(std::move(*analysis));
    }
    if (analyses.empty()) analyses.push_back({Json::object(), threshold, false});
    return analyses;
}

Answer<void> read_media(const Json& payload, Payload& read) {
    if (const Json* all = member(payload, "media:meta_data")) {
        if (!all->is_object()) return bad("media:meta_data must be an object");
        for (const auto& [key, value] : all->items()) {
            if (!value.is_object() && !value.is_null())
                return bad("media:meta_data." + key + " must be an object");
            read.media_meta_data[key] = value.is_null() ? Json::object() : value;
        }
    }
    if (const Json* all = member(payload, "media:tags")) {
        if (!all->is_object()) return bad("media:tags must be an object");
        for (const auto& [key, value] : all->items()) {
            auto tags = read_tags(value.is_null() ? Json::array() : value, "media:tags." + key);
            if (!tags) return tl::make_unexpected(tags.error());
            read.media_tags[key] = std::move(*tags);
        }
    }
    return {};
}

}  // namespace

Answer<Payload> parse_payload(std::string_view text, double threshold) {
    const auto json = parse(text);
    if (!json) return tl::make_unexpected(json.error());
    Payload payload;
    if (const Json* meta_data = member(*json, "folder:meta_data")) {
        if (!meta_data->is_object()) return bad("folder:meta_data must be an object");
        payload.folder_meta_data = *meta_data;
    }
    if (const Json* endpoint = member(*json, "resolution_endpoint")) {
        if (!endpoint->is_string()) return bad("resolution_endpoint must be a string");
        payload.resolution_endpoint = endpoint->get<std::string>();
    }
    if (auto media = read_media(*json, payload); !media) return tl::make_unexpected(media.error());
    auto analyses = read_analyses(*json, threshold);
    if (!analyses) return tl::make_unexpected(analyses.error());
    payload.analyses = std::move(*analyses);
    if (text.size() * (1 + payload.analyses.size()) > most_repeated_bytes)
        return bad("is too large for so many analyses");
    return payload;
}

}  // namespace faceward::api
