#pragma once

#include "engine/model/manifest.hpp"
#include "service/api/json.hpp"
#include "service/http/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::api {

/// One line of a 1:N answer.
struct Candidate {
    std::string_view filename;
    double score = 0;
    std::string_view decision;
};

/// What is added to an answer whose reasons are asked for.
using Explanation = std::optional<Json>;

/// {"score": …, "decision": …[, "explain": …]}
http::Response comparison_view(double score, std::string_view decision, const Explanation& explain);

/// {"results": [{"filename", "score", "decision"}, …]} in the order given.
http::Response candidates_view(const std::vector<Candidate>& candidates);

/// multipart/form-data of exactly two parts: `score` (JSON, in which the explanation is) and
/// `bio_feature` (octets, or base64 text when asked for).
http::Response verification_view(double score, const Explanation& explain,
                                 std::string_view template_bytes, bool base64);

/// {"passed": …, "score": …[, "explain": …]}
http::Response presentation_view(bool passed, double score, const Explanation& explain);

/// {"status": 0 | 3, "message": …}
http::Response health_view(bool ready, std::string_view message);

/// {"core", "tfss", "models": [{"name", "version"}, …]}
http::Response version_view(std::string_view core, std::string_view inference,
                            const std::vector<model::NetworkEntry>& networks);

}  // namespace faceward::api
