#pragma once

#include "service/api/judged_medium.hpp"
#include "service/api/outcomes.hpp"
#include "service/api/payload.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace faceward::api {

/// The published answer of a detect request: a folder of media, each with an id for this answer
/// alone, and an analysis of all of them for each entry of the payload. Keys and their order are
/// the protocol's.
class FolderView {
  public:
    /// With `require_gestures` a medium declines in which one that its tags name was not made.
    FolderView(const Payload& payload, const std::vector<JudgedMedium>& media, UnixTime begun,
               bool require_gestures);

    Json json() const;

    /// {"media": [{"media_id", …}, …]}: what was seen in each medium.
    Json explanation(const Engine& engine, double liveness_threshold) const;

    /// What came of a medium: it passed if no analysis declines it.
    MediumOutcome outcome(std::size_t index) const;

  private:
    std::string_view resolution() const;
    Json medium(std::size_t index) const;
    Json tags(const JudgedMedium& medium) const;
    Json analysis(const AnalysisRequest& request) const;
    Json result(std::size_t index, const AnalysisRequest& request) const;
    Json best_shot(std::size_t index) const;
    bool lacks_gesture(std::size_t index) const;
    Json remarks(std::size_t index, double threshold) const;
    bool is_declined(std::size_t index, const AnalysisRequest& request) const;
    bool is_declined(const AnalysisRequest& request) const;
    Json all_media() const;

    const Payload& payload_;
    const std::vector<JudgedMedium>& media_;
    UnixTime begun_;
    bool require_gestures_;
    std::string folder_id_;
    UnixTime ended_;
    std::vector<std::string> media_ids_;
};

}  // namespace faceward::api
