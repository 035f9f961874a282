#include "service/api/liveness.hpp"

#include "engine/image/encode.hpp"
#include "engine/template/score.hpp"
#include "service/api/explanation.hpp"
#include "service/api/folder_view.hpp"
#include "service/api/gestures.hpp"
#include "service/api/md5.hpp"
#include "service/api/payload.hpp"
#include "service/api/query.hpp"
#include "service/api/views.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace faceward::api {
namespace {

/// The refusal for a fault of the engine, in words also where the fault alone says enough to the
/// biometry methods, whose codes tell these apart. `key` names the medium, empty for a request's
/// only one.
tl::unexpected<ApiError> refusal(const Error& error, const std::string& key) {
    ApiError refused = from_engine(error);
    if (error.fault == Fault::face_not_found) refused.reason = "there is no face";
    if (error.fault == Fault::several_faces) refused.reason = "there is more than one person";
    const bool callers_fault =
        refused.refusal != Refusal::internal && refused.refusal != Refusal::inference;
    if (callers_fault && !key.empty())
        refused.reason = key + (refused.reason.empty() ? "" : ": " + refused.reason);
    return tl::make_unexpected(std::move(refused));
}

Answer<http::Response> detect_in_picture(const http::Request& request, bool explained, Work& work) {
    std::string decoded;
    const auto picture =
        single_picture(request, decoded, "image/jpeg, image/png or multipart/form-data");
    if (!picture) return tl::make_unexpected(picture.error());
    const auto container = media::container_of(*picture);
    if (container && media::kind_of(*container) != media::Kind::picture)
        return refusal({Fault::picture_unreadable, "neither JPEG nor PNG"}, {});
    auto judgement = work.engine.judge(work.slot, *picture, {});
    if (!judgement) return refusal(judgement.error(), {});
    const double score = templates::quantised(judgement->verdict.attack_probability);
    const bool passed = !(score > work.policy.liveness_threshold);
    work.outcomes.media.push_back({media::Kind::picture, score, passed});
    const Explanation explain = explained ? Explanation(explanation(judgement->verdict, work.engine,
                                                                    work.policy.liveness_threshold))
                                          : std::nullopt;
    http::Response response = presentation_view(passed, score, explain);
    response.note_stages(judgement->times);
    return response;
}

/// The answer repeats every medium for every analysis: so many times in all, and this much of best
/// shots.
constexpr std::size_t most_results = 1'000;
constexpr std::size_t most_shot_bytes = std::size_t{64} << 20U;

/// The first media key in the payload that no part has, if there is one.
std::optional<std::string> missing_medium(const Payload& payload,
                                          const std::vector<MediaPart>& media) {
    std::unordered_set<std::string_view> keys;
    for (const MediaPart& part : media) keys.insert(part.key);
    const auto is_there = [&](const std::string& key) { return keys.contains(key); };
    for (const auto& [key, meta_data] : payload.media_meta_data)
        if (!is_there(key)) return "media:meta_data." + key;
    for (const auto& [key, tags] : payload.media_tags)
        if (!is_there(key)) return "media:tags." + key;
    return std::nullopt;
}

/// Makes a file of the best shot, if there is one, and lets its pixels go: those of many media
/// together may be more than memory holds.
Result<std::optional<ShotFile>> take_shot(Judgement& judgement) {
    constexpr int quality = 95;
    auto& shot = judgement.verdict.best_shot;
    if (!shot) return std::nullopt;
    const auto jpeg = image::encode_jpeg(shot->picture.view(), quality);
    if (!jpeg) return tl::make_unexpected(jpeg.error());
    ShotFile file{{jpeg->begin(), jpeg->end()}, shot->picture.size(), shot->number};
    shot.reset();
    return file;
}

Result<JudgedMedium> judge_one(const MediaPart& part, const liveness::JudgeRequest& wanted,
                               UnixTime received, Engine& engine, std::size_t slot) {
    auto judgement = engine.judge(slot, part.bytes, wanted);
    if (!judgement) return tl::make_unexpected(judgement.error());
    auto shot = take_shot(*judgement);
    if (!shot) return tl::make_unexpected(shot.error());
    return JudgedMedium{part.key, part.filename, part.bytes.size(),     md5(part.bytes),
                        received, unix_now(),    std::move(*judgement), std::move(*shot)};
}

/// What is to be found out about media.
struct Wanted {
    std::size_t shots;  ///< how often the answer will repeat each best shot
    bool gestures;      ///< whether those that the tags name were made
};

/// Judges all media, on all slots that are free. The first one (in the order of the request) that
/// cannot be judged refuses the whole.
Answer<std::vector<JudgedMedium>> judge_all(const std::vector<MediaPart>& media,
                                            const Payload& payload, const Wanted& wanted,
                                            UnixTime received, Work& work, http::Response& noted) {
    std::vector<std::optional<Result<JudgedMedium>>> judged(media.size());
    std::atomic<bool> failed = false;
    std::atomic<std::size_t> shot_bytes = 0;
    const auto judge = [&](std::size_t index, std::size_t slot) {
        if (failed || work.request.is_abandoned()) return;
        liveness::JudgeRequest request{wanted.shots > 0, {}};
        if (wanted.gestures) request.gestures = gestures_of(payload.tags_of(media[index].key));
        judged[index] = judge_one(media[index], request, received, work.engine, slot);
        const auto& medium = *judged[index];
        if (medium && medium->shot) shot_bytes += wanted.shots * medium->shot->jpeg.size();
        if (!medium || shot_bytes > most_shot_bytes) failed = true;
    };
    if (!work.slots.share(work.slot, media.size(), judge))
        return tl::make_unexpected(
            ApiError{Refusal::overloaded, "the server is stopping", Cause::stopping});
    if (work.request.is_abandoned())
        return tl::make_unexpected(
            ApiError{Refusal::overloaded, "the client has left", Cause::client_left});
    for (std::size_t i = 0; i < media.size(); ++i)
        if (judged[i] && !*judged[i]) return refusal(judged[i]->error(), media[i].key);
    if (shot_bytes > most_shot_bytes)
        return tl::make_unexpected(
            ApiError{Refusal::bad_request, "the best shots asked for are larger than 64 MiB"});
    std::vector<JudgedMedium> result;
    for (auto& medium : judged) {
        noted.note_stages((*medium)->judgement.times);
        result.push_back(std::move(**medium));
    }
    return result;
}

Answer<http::Response> detect_in_form(const http::Request& request, bool explained, Work& work) {
    const UnixTime begun = unix_now();
    auto form = Form::parse(request, work.policy.max_parts);
    if (!form) return tl::make_unexpected(form.error());
    const auto text = form->payload();
    if (!text) return tl::make_unexpected(text.error());
    const auto payload = parse_payload(text->value_or("{}"), work.policy.liveness_threshold);
    if (!payload) return tl::make_unexpected(payload.error());
    const auto media = form->media();
    if (!media) return tl::make_unexpected(media.error());
    if (media->size() * payload->analyses.size() > most_results)
        return tl::make_unexpected(
            ApiError{Refusal::bad_request, "media times analyses are more than 1000 results"});
    if (const auto missing = missing_medium(*payload, *media))
        return tl::make_unexpected(
            ApiError{Refusal::bad_request, "payload: " + *missing + " names no part"});

    http::Response response;
    const auto shots =
        std::ranges::count(payload->analyses, true, &AnalysisRequest::extract_best_shot);
    const Wanted wanted{static_cast<std::size_t>(shots), explained || work.policy.require_gestures};
    const auto judged = judge_all(*media, *payload, wanted, begun, work, response);
    if (!judged) return tl::make_unexpected(judged.error());
    const FolderView folder(*payload, *judged, begun, work.policy.require_gestures);
    Json answer = folder.json();
    if (explained)
        answer["explain"] = folder.explanation(work.engine, work.policy.liveness_threshold);
    response.body = answer.dump(-1, ' ', false, Json::error_handler_t::replace);
    for (std::size_t i = 0; i < judged->size(); ++i)
        work.outcomes.media.push_back(folder.outcome(i));
    if (payload->resolution_endpoint && work.policy.notify)
        response.after_sent =
            [notify = work.policy.notify,
             notice = Notice{*payload->resolution_endpoint, response.body, request.id,
                             request.trace ? http::traceparent(*request.trace) : std::string()}] {
                notify(notice);
            };
    return response;
}

}  // namespace

Answer<http::Response> detect(const http::Request& request, Work& work) {
    const auto explained = query_switch(request.query, "explain");
    if (!explained) return tl::make_unexpected(explained.error());
    return is_form(request) ? detect_in_form(request, *explained, work)
                            : detect_in_picture(request, *explained, work);
}

}  // namespace faceward::api
