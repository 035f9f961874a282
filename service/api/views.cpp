#include "service/api/views.hpp"

#include "engine/template/score.hpp"
#include "service/http/base64.hpp"

#include <random>

namespace faceward::api {
namespace {

/// A JSON string; bytes that are no UTF-8 become U+FFFD.
std::string quoted(std::string_view text) {
    return nlohmann::json(std::string(text))
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The end of an object, behind its last member.
std::string ending(const Explanation& explain) {
    return explain ? ", \"explain\": " + explain->dump() + "}" : "}";
}

http::Response json(std::string body) {
    http::Response response;
    response.body = std::move(body);
    return response;
}

/// 128 random bits, so that no content can hold it by chance or by intent.
std::string fresh_boundary() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::random_device random;
    std::string boundary = "faceward-";
    for (int i = 0; i < 32; ++i) boundary += digits[random() & 15U];
    return boundary;
}

}  // namespace

http::Response comparison_view(double score, std::string_view decision,
                               const Explanation& explain) {
    return json("{\"score\": " + templates::print_score(score) +
                ", \"decision\": " + quoted(decision) + ending(explain));
}

http::Response candidates_view(const std::vector<Candidate>& candidates) {
    std::string body = "{\"results\": [";
    body.reserve(80 * (candidates.size() + 1));
    for (const Candidate& candidate : candidates) {
        if (&candidate != &candidates.front()) body += ", ";
        body += "{\"filename\": " + quoted(candidate.filename) +
                ", \"score\": " + templates::print_score(candidate.score) +
                ", \"decision\": " + quoted(candidate.decision) + "}";
    }
    return json(body + "]}");
}

http::Response verification_view(double score, const Explanation& explain,
                                 std::string_view template_bytes, bool base64) {
    const std::string boundary = fresh_boundary();
    const std::string delimiter = "--" + boundary;
    http::Response response;
    response.content_type = "multipart/form-data; boundary=" + boundary;
    response.body = delimiter +
                    "\r\nContent-Disposition: form-data; name=\"score\"\r\n"
                    "Content-Type: application/json\r\n\r\n{\"score\": " +
                    templates::print_score(score) + ending(explain) + "\r\n" + delimiter +
                    "\r\nContent-Disposition: form-data; name=\"bio_feature\"; "
                    "filename=\"bio_feature.template\"\r\n"
                    "Content-Type: application/octet-stream\r\n";
    if (base64) response.body += "Content-Transfer-Encoding: base64\r\n";
    response.body += "\r\n";
    response.body += base64 ? http::to_base64(template_bytes) : std::string(template_bytes);
    response.body += "\r\n" + delimiter + "--\r\n";
    return response;
}

http::Response presentation_view(bool passed, double score, const Explanation& explain) {
    return json("{\"passed\": " + std::string(passed ? "true" : "false") +
                ", \"score\": " + templates::print_score(score) + ending(explain));
}

http::Response health_view(bool ready, std::string_view message) {
    return json("{\"status\": " + std::string(ready ? "0" : "3") +
                ", \"message\": " + quoted(message) + "}");
}

http::Response version_view(std::string_view core, std::string_view inference,
                            const std::vector<model::NetworkEntry>& networks) {
    nlohmann::ordered_json body{
        {"core", core}, {"tfss", inference}, {"models", nlohmann::json::array()}};
    for (const model::NetworkEntry& network : networks)
        body["models"].push_back(
            nlohmann::ordered_json{{"name", network.name}, {"version", network.version}});
    return json(body.dump());
}

}  // namespace faceward::api
