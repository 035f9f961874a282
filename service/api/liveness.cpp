#include "service/api/liveness.hpp"

#include "engine/template/score.hpp"
#include "service/api/folder_view.hpp"
#include "service/api/md5.hpp"
#include "service/api/payload.hpp"
#include "service/api/views.hpp"

#include <algorithm>
#include <atomic>
#include <optional>

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

Answer<http::Response> detect_in_picture(const http::Request& request, Work& work) {
    std::string decoded;
    const auto picture = single_picture(request, decoded);
    if (!picture) return tl::make_unexpected(picture.error());
    const auto container = media::container_of(*picture);
    if (container && media::kind_of(*container) != media::Kind::picture)
        return refusal({Fault::picture_unreadable, "neither JPEG nor PNG"}, {});
    auto judgement = work.engine.judge(work.slot, *picture, false);
    if (!judgement) return refusal(judgement.error(), {});
    const double score = templates::quantised(judgement->verdict.attack_probability);
    http::Response response = presentation_view(!(score > work.policy.liveness_threshold), score);
    response.note_stages(judgement->times);
    return response;
}

/// The first media key in the payload that no part has, if there is one.
std::optional<std::string> missing_medium(const Payload& payload,
                                          const std::vector<MediaPart>& media) {
    const auto is_there = [&](const std::string& key) {
        return std::ranges::find(media, key, &MediaPart::key) != media.end();
    };
    for (const auto& [key, meta_data] : payload.media_meta_data)
        if (!is_there(key)) return "media:meta_data." + key;
    for (const auto& [key, tags] : payload.media_tags)
        if (!is_there(key)) return "media:tags." + key;
    return std::nullopt;
}

/// Judges all media, on all slots that are free. The first one (in the order of the request) that
/// cannot be judged refuses the whole.
Answer<std::vector<JudgedMedium>> judge_all(const std::vector<MediaPart>& media, bool best_shot,
                                            UnixTime received, Work& work, http::Response& noted) {
    std::vector<std::optional<Result<Judgement>>> judged(media.size());
    std::vector<JudgedMedium> result(media.size());
    std::atomic<bool> failed = false;
    const auto judge_one = [&](std::size_t index, std::size_t slot) {
        if (failed || work.request.is_abandoned()) return;
        const MediaPart& part = media[index];
        judged[index] = work.engine.judge(slot, part.bytes, best_shot);
        if (!*judged[index]) failed = true;
        result[index] = {
            part.key, part.filename, part.bytes.size(), md5(part.bytes), received, unix_now(), {}};
    };
    if (!work.slots.share(work.slot, media.size(), judge_one))
        return tl::make_unexpected(ApiError{Refusal::overloaded, "the server is stopping"});
    if (work.request.is_abandoned())
        return tl::make_unexpected(ApiError{Refusal::overloaded, "the client has left"});
    for (std::size_t i = 0; i < media.size(); ++i)
        if (judged[i] && !*judged[i]) return refusal(judged[i]->error(), media[i].key);
    for (std::size_t i = 0; i < media.size(); ++i) {
        noted.note_stages((*judged[i])->times);
        result[i].judgement = std::move(**judged[i]);
    }
    return result;
}

Answer<http::Response> detect_in_form(const http::Request& request, Work& work) {
    const UnixTime begun = unix_now();
    auto form = Form::parse(request, work.policy.max_parts);
    if (!form) return tl::make_unexpected(form.error());
    const auto text = form->payload();
    if (!text) return tl::make_unexpected(text.error());
    const auto payload = parse_payload(text->value_or("{}"), work.policy.liveness_threshold);
    if (!payload) return tl::make_unexpected(payload.error());
    const auto media = form->media();
    if (!media) return tl::make_unexpected(media.error());
    if (const auto missing = missing_medium(*payload, *media))
        return tl::make_unexpected(
            ApiError{Refusal::bad_request, "payload: " + *missing + " names no part"});

    http::Response response;
    const bool best_shot = std::ranges::any_of(
        payload->analyses, [](const AnalysisRequest& a) { return a.extract_best_shot; });
    const auto judged = judge_all(*media, best_shot, begun, work, response);
    if (!judged) return tl::make_unexpected(judged.error());
    const FolderView folder(*payload, *judged, begun);
    response.body = folder.json().dump(-1, ' ', false, Json::error_handler_t::replace);
    response.notes.emplace_back("resolution", folder.resolution());
    if (payload->resolution_endpoint && work.policy.notify)
        response.after_sent = [notify = work.policy.notify, url = *payload->resolution_endpoint,
                               body = response.body, id = request.id] { notify(url, body, id); };
    return response;
}

}  // namespace

Answer<http::Response> detect(const http::Request& request, Work& work) {
    return is_form(request) ? detect_in_form(request, work) : detect_in_picture(request, work);
}

}  // namespace faceward::api
