#include "service/api/folder_view.hpp"

#include "service/api/explanation.hpp"
#include "service/api/gestures.hpp"
#include "service/api/md5.hpp"
#include "service/http/base64.hpp"
#include "service/http/request_id.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace faceward::api {
namespace {

std::span<const std::uint8_t> as_bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

FolderView::FolderView(const Payload& payload, const std::vector<JudgedMedium>& media,
                       UnixTime begun, bool require_gestures)
    : payload_(payload),
      media_(media),
      begun_(begun),
      require_gestures_(require_gestures),
      folder_id_(http::fresh_request_id()),
      ended_(unix_now()) {
    for (std::size_t i = 0; i < media.size(); ++i) media_ids_.push_back(http::fresh_request_id());
}

bool FolderView::lacks_gesture(std::size_t index) const {
    return require_gestures_ && !std::ranges::all_of(media_[index].judgement.verdict.gestures,
                                                     &liveness::GestureFinding::made);
}

bool FolderView::is_declined(std::size_t index, const AnalysisRequest& request) const {
    return confidence_of(media_[index]) > request.threshold_spoofing || lacks_gesture(index);
}

/// Why a medium is declined where its attack probability alone does not tell.
Json FolderView::remarks(std::size_t index, double threshold) const {
    if (is_declined_by_motion(media_[index], threshold)) {
        const auto& part = media_[index].judgement.verdict.part;
        return {{"reason", part ? fmt::format("from {:.1f} to {:.1f} s it looks like an attack",
                                              part->from, part->to)
                                : "the face neither blinks nor moves as a face does"}};
    }
    if (!lacks_gesture(index) || confidence_of(media_[index]) > threshold) return Json::object();
    const auto& gestures = media_[index].judgement.verdict.gestures;
    const auto missing = std::ranges::find(gestures, false, &liveness::GestureFinding::made);
    return {{"reason", "the gesture that was asked for was not made: " +
                           std::string(to_string(missing->gesture))}};
}

bool FolderView::is_declined(const AnalysisRequest& request) const {
    for (std::size_t i = 0; i < media_.size(); ++i)
        if (is_declined(i, request)) return true;
    return false;
}

MediumOutcome FolderView::outcome(std::size_t index) const {
    const bool declined = std::ranges::any_of(
        payload_.analyses, [&](const AnalysisRequest& a) { return is_declined(index, a); });
    return {media::kind_of(media_[index].judgement.container), confidence_of(media_[index]),
            !declined};
}

/// "SUCCESS", or "DECLINED" when an analysis was.
std::string_view FolderView::resolution() const {
    return std::ranges::any_of(payload_.analyses,
                               [&](const AnalysisRequest& a) { return is_declined(a); })
               ? "DECLINED"
               : "SUCCESS";
}

Json FolderView::tags(const JudgedMedium& medium) const {
    std::vector<std::string> tags = payload_.tags_of(medium.key);
    const auto says_orientation = [](const std::string& tag) {
        return tag == "orientation_portrait" || tag == "orientation_landscape";
    };
    const image::Size seen = medium.judgement.verdict.facts.upright;
    if (std::ranges::none_of(tags, says_orientation))
        tags.emplace_back(seen.height > seen.width ? "orientation_portrait"
                                                   : "orientation_landscape");
    return tags;
}

Json FolderView::medium(std::size_t index) const {
    const JudgedMedium& medium = media_[index];
    const std::string& id = media_ids_[index];
    const KindWords& words = words_of(medium.judgement.container);
    const auto meta_data = payload_.media_meta_data.find(medium.key);
    Json json{
        {"folder_id", folder_id_},
        {"media_id", id},
        {"media_type", words.type},
        {"info", info_of(medium)},
        {"tags", tags(medium)},
        {"original_name", medium.original_name},
        {"original_url", nullptr},
        {"company_id", nullptr},
        {"technical_meta_data", Json::object()},
        {"time_created", medium.received},
        {"time_updated", medium.judged},
        {"meta_data",
         meta_data == payload_.media_meta_data.end() ? Json::object() : meta_data->second},
        {"thumb_url", nullptr},
        {"folder_time_created", nullptr},
    };
    json[std::string(words.id)] = id;
    json[std::string(words.url)] = nullptr;
    return json;
}

Json FolderView::all_media() const {
    Json all = Json::array();
    for (std::size_t i = 0; i < media_.size(); ++i) all.push_back(medium(i));
    return all;
}

Json FolderView::best_shot(std::size_t index) const {
    const JudgedMedium& medium = media_[index];
    const ShotFile& shot = *medium.shot;
    Json original{{"md5", md5(as_bytes(shot.jpeg))},
                  {"width", shot.size.width},
                  {"height", shot.size.height},
                  {"size", shot.jpeg.size()},
                  {"mime-type", "image/jpeg"}};
    return {{"folder_id", folder_id_},
            {"media_id", media_ids_[index]},
            {"media_type", "IMAGE_RESULT_ANALYSIS_SINGLE"},
            {"info", Json{{"thumb", nullptr}, {"original", std::move(original)}}},
            {"tags", Json::array()},
            {"original_name", "frame-" + std::to_string(shot.number) + ".jpg"},
            {"original_url", nullptr},
            {"company_id", nullptr},
            {"technical_meta_data", Json::object()},
            {"time_created", medium.judged},
            {"time_updated", ended_},
            {"meta_data", nullptr},
            {"folder_time_created", nullptr},
            {"image_b64", http::to_base64(shot.jpeg)},
            {"media_association_id", media_ids_[index]}};
}

Json FolderView::result(std::size_t index, const AnalysisRequest& request) const {
    Json images = Json::array();
    if (request.extract_best_shot && media_[index].shot) images.push_back(best_shot(index));
    return {{"company_id", nullptr},
            {"media_association_id", media_ids_[index]},
            {"analysis_id", nullptr},
            {"results_data", Json{{"confidence_spoofing", confidence_of(media_[index])}}},
            {"source_media_id", media_ids_[index]},
            {"output_images", std::move(images)},
            {"collection_persons", Json::array()},
            {"folder_time_created", nullptr}};
}

Json FolderView::analysis(const AnalysisRequest& request) const {
    constexpr double published_default = 0.5;
    Json results = Json::array();
    Json notes = Json::object();
    for (std::size_t i = 0; i < media_.size(); ++i) {
        results.push_back(result(i, request));
        if (Json remark = remarks(i, request.threshold_spoofing); !remark.empty())
            notes[media_[i].key] = std::move(remark);
    }
    const std::string_view resolution = is_declined(request) ? "DECLINED" : "SUCCESS";
    return {{"analyse_id", nullptr},
            {"analysis_id", nullptr},
            {"folder_id", folder_id_},
            {"folder_time_created", nullptr},
            {"type", "QUALITY"},
            {"state", "FINISHED"},
            {"company_id", nullptr},
            {"group_id", nullptr},
            {"results_data", nullptr},
            {"confs", Json{{"threshold_replay", published_default},
                           {"extract_best_shot", request.extract_best_shot},
                           {"threshold_liveness", published_default},
                           {"threshold_spoofing", request.threshold_spoofing}}},
            {"error_message", nullptr},
            {"error_code", nullptr},
            {"resolution_operator", nullptr},
            {"technical_meta_data", std::move(notes)},
            {"time_created", begun_},
            {"time_updated", ended_},
            {"meta_data", request.meta_data},
            {"source_media", all_media()},
            {"results_media", std::move(results)},
            {"resolution_status", resolution},
            {"resolution", resolution}};
}

Json FolderView::json() const {
    Json analyses = Json::array();
    for (const AnalysisRequest& request : payload_.analyses) analyses.push_back(analysis(request));
    return {{"company_id", nullptr},
            {"time_created", begun_},
            {"folder_id", folder_id_},
            {"user_id", nullptr},
            {"resolution_endpoint",
             payload_.resolution_endpoint ? Json(*payload_.resolution_endpoint) : Json(nullptr)},
            {"resolution_status", "FINISHED"},
            {"resolution_comment", "[]"},
            {"system_resolution", resolution()},
            {"resolution_time", nullptr},
            {"resolution_author_id", nullptr},
            {"resolution_state_hash", nullptr},
            {"operator_comment", nullptr},
            {"operator_status", nullptr},
            {"is_cleared", nullptr},
            {"meta_data", payload_.folder_meta_data},
            {"technical_meta_data", Json::object()},
            {"time_updated", ended_},
            {"media", all_media()},
            {"analyses", std::move(analyses)}};
}

Json FolderView::explanation(const Engine& engine, double liveness_threshold) const {
    Json media = Json::array();
    for (std::size_t i = 0; i < media_.size(); ++i) {
        Json medium{{"media_id", media_ids_[i]}};
        medium.update(api::explanation(media_[i].judgement.verdict, engine, liveness_threshold));
        media.push_back(std::move(medium));
    }
    return {{"media", std::move(media)}};
}

}  // namespace faceward::api
