#include "service/api/pattern.hpp"

#include "service/api/explanation.hpp"
#include "service/api/query.hpp"
#include "service/api/views.hpp"
#include "service/http/base64.hpp"

#include <algorithm>
#include <atomic>
#include <optional>

namespace faceward::api {
namespace {

using templates::Template;

tl::unexpected<ApiError> with_name(const Error& error, std::string_view name) {
    ApiError refused = from_engine(error);
    const bool callers_fault =
        refused.refusal != Refusal::internal && refused.refusal != Refusal::inference;
    if (!name.empty() && callers_fault)
        refused.reason = std::string(name) + (refused.reason.empty() ? "" : ": " + refused.reason);
    return tl::make_unexpected(std::move(refused));
}

std::string quoted(std::string_view filename) { return "\"" + std::string(filename) + "\""; }

/// A picture, and what messages call it; a request's only picture needs no name.
struct Picture {
    std::string name;
    Bytes bytes;
};

/// Templates of all pictures in their order, made on all slots that are free, with the pictures'
/// quality if the answer is to be explained. The first picture (in that order) that cannot be used
/// refuses the whole; those behind it are then not begun. Refuses with `overloaded` when the server
/// stops or the client leaves meanwhile.
Answer<std::vector<Extraction>> extract_all(const std::vector<Picture>& pictures, bool explained,
                                            Work& work, http::Response& response) {
    std::vector<std::optional<Result<Extraction>>> made(pictures.size());
    std::atomic<std::size_t> first_failure = pictures.size();
    const auto extract_one = [&](std::size_t index, std::size_t slot) {
        if (index > first_failure || work.request.is_abandoned()) return;
        made[index] = work.engine.extract(slot, pictures[index].bytes, explained);
        std::size_t known = first_failure;
        while (!*made[index] && index < known &&
               !first_failure.compare_exchange_weak(known, index)) {
        }
    };
    if (!work.slots.share(work.slot, pictures.size(), extract_one))
        return tl::make_unexpected(
            ApiError{Refusal::overloaded, "the server is stopping", Cause::stopping});
    if (work.request.is_abandoned())
        return tl::make_unexpected(
            ApiError{Refusal::overloaded, "the client has left", Cause::client_left});
    std::vector<Extraction> result;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        if (!*made[i]) return with_name(made[i]->error(), pictures[i].name);
        response.note_stages((*made[i])->times);
        result.push_back(std::move(**made[i]));
    }
    return result;
}

Answer<Template> read_template(const Work& work, Bytes bytes, std::string_view name) {
    auto read = work.engine.read_template(bytes);
    if (!read) return with_name(read.error(), name);
    return std::move(*read);
}

std::string_view decision(double score, const Policy& policy) {
    return templates::to_string(
        templates::decide(score, policy.approve_threshold, policy.decline_threshold));
}

/// Why two templates, of these pictures if it was so, have their score.
Explanation why(const Template& a, const Template& b, double score,
                const std::vector<Extraction>& pictures, const Work& work) {
    ExplainedComparison comparison{Engine::similarity(a, b), score, {}};
    for (const Extraction& picture : pictures) comparison.of_pictures.push_back(*picture.quality);
    return explanation(comparison, work.engine, work.policy);
}

http::Response compared(const Template& a, const Template& b,
                        const std::vector<Extraction>& pictures, bool explained, Work& work) {
    const double score = work.engine.compare(a, b);
    const std::string_view decided = decision(score, work.policy);
    work.outcomes.comparisons.emplace_back(score, decided);
    return comparison_view(score, decided,
                           explained ? why(a, b, score, pictures, work) : std::nullopt);
}

/// The answer about many, in their order.
http::Response compared(const std::vector<Candidate>& candidates, Work& work) {
    work.outcomes.comparisons.reserve(candidates.size());
    for (const Candidate& candidate : candidates)
        work.outcomes.comparisons.emplace_back(candidate.score, candidate.decision);
    return candidates_view(candidates);
}

/// Compares the probe with references that are read one by one as they are needed.
Answer<http::Response> compared_with_many(const Template& probe,
                                          const std::vector<NamedBytes>& references, Work& work) {
    std::vector<Candidate> candidates;
    candidates.reserve(references.size());
    for (const NamedBytes& reference : references) {
        const auto read = read_template(work, reference.bytes, quoted(reference.filename));
        if (!read) return tl::make_unexpected(read.error());
        const double score = work.engine.compare(probe, *read);
        candidates.push_back({reference.filename, score, decision(score, work.policy)});
    }
    return compared(candidates, work);
}

/// Gives the answer the stage times that were noted on the way.
http::Response timed(http::Response response, http::Response noted) {
    response.stages_ms = std::move(noted.stages_ms);
    return response;
}

std::string_view as_text(const std::vector<std::uint8_t>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Answer<http::Response> extract(const http::Request& request, Work& work) {
    std::string decoded;
    const auto picture = single_picture(request, decoded);
    if (!picture) return tl::make_unexpected(picture.error());
    const auto extraction = work.engine.extract(work.slot, *picture);
    if (!extraction) return tl::make_unexpected(from_engine(extraction.error()));
    const auto bytes = work.engine.write_template(extraction->face_template);

    http::Response response;
    response.content_type = "application/octet-stream";
    response.note_stages(extraction->times);
    if (is_base64(request.header("Content-Transfer-Encoding")).value_or(false)) {
        response.headers.emplace_back("Content-Transfer-Encoding", "base64");
        response.body = http::to_base64(as_text(bytes));
    } else {
        response.body = as_text(bytes);
    }
    return response;
}

Answer<http::Response> compare(const http::Request& request, Work& work) {
    const auto explained = query_switch(request.query, "explain");
    if (!explained) return tl::make_unexpected(explained.error());
    auto form = Form::parse(request, work.policy.max_parts);
    if (!form) return tl::make_unexpected(form.error());
    const auto feature = form->one("bio_feature", PartKind::face_template);
    if (!feature) return tl::make_unexpected(feature.error());
    const auto reference = form->one("bio_template", PartKind::face_template);
    if (!reference) return tl::make_unexpected(reference.error());
    const auto a = read_template(work, *feature, "bio_feature");
    if (!a) return tl::make_unexpected(a.error());
    const auto b = read_template(work, *reference, "bio_template");
    if (!b) return tl::make_unexpected(b.error());
    return compared(*a, *b, {}, *explained, work);
}

Answer<http::Response> verify(const http::Request& request, Work& work) {
    const auto explained = query_switch(request.query, "explain");
    if (!explained) return tl::make_unexpected(explained.error());
    auto form = Form::parse(request, work.policy.max_parts);
    if (!form) return tl::make_unexpected(form.error());
    const auto sample = form->one("sample", PartKind::sample);
    if (!sample) return tl::make_unexpected(sample.error());
    const auto reference = form->one("bio_template", PartKind::face_template);
    if (!reference) return tl::make_unexpected(reference.error());
    const auto known = read_template(work, *reference, "bio_template");
    if (!known) return tl::make_unexpected(known.error());
    http::Response noted;
    const auto made = extract_all({{"", *sample}}, *explained, work, noted);
    if (!made) return tl::make_unexpected(made.error());
    const Template& probe = made->front().face_template;
    const auto bytes = work.engine.write_template(probe);
    const double score = work.engine.compare(probe, *known);
    work.outcomes.comparisons.emplace_back(score, std::string_view());
    const Explanation explain = *explained ? why(probe, *known, score, *made, work) : std::nullopt;
    return timed(verification_view(score, explain, as_text(bytes), form->base64()),
                 std::move(noted));
}

Answer<http::Response> extract_and_compare(const http::Request& request, Work& work) {
    const auto explained = query_switch(request.query, "explain");
    if (!explained) return tl::make_unexpected(explained.error());
    auto form = Form::parse(request, work.policy.max_parts);
    if (!form) return tl::make_unexpected(form.error());
    const auto first = form->one("sample_1", PartKind::sample);
    if (!first) return tl::make_unexpected(first.error());
    const auto second = form->one("sample_2", PartKind::sample);
    if (!second) return tl::make_unexpected(second.error());
    http::Response noted;
    const auto both =
        extract_all({{"sample_1", *first}, {"sample_2", *second}}, *explained, work, noted);
    if (!both) return tl::make_unexpected(both.error());
    return timed(
        compared((*both)[0].face_template, (*both)[1].face_template, *both, *explained, work),
        std::move(noted));
}

Answer<http::Response> compare_n(const http::Request& request, Work& work) {
    auto form = Form::parse(request, work.policy.max_parts);
    if (!form) return tl::make_unexpected(form.error());
    const auto first = form->one("template_1", PartKind::face_template);
    if (!first) return tl::make_unexpected(first.error());
    const auto references = form->many("templates_n", PartKind::face_template);
    if (!references) return tl::make_unexpected(references.error());
    const auto probe = read_template(work, *first, "template_1");
    if (!probe) return tl::make_unexpected(probe.error());
    return compared_with_many(*probe, *references, work);
}

Answer<http::Response> verify_n(const http::Request& request, Work& work) {
    auto form = Form::parse(request, work.policy.max_parts);
    if (!form) return tl::make_unexpected(form.error());
    const auto sample = form->one("sample_1", PartKind::sample);
    if (!sample) return tl::make_unexpected(sample.error());
    const auto references = form->many("templates_n", PartKind::face_template);
    if (!references) return tl::make_unexpected(references.error());
    http::Response noted;
    const auto probe = extract_all({{"", *sample}}, false, work, noted);
    if (!probe) return tl::make_unexpected(probe.error());
    auto response = compared_with_many(probe->front().face_template, *references, work);
    if (!response) return response;
    return timed(std::move(*response), std::move(noted));
}

Answer<http::Response> extract_and_compare_n(const http::Request& request, Work& work) {
    auto form = Form::parse(request, work.policy.max_parts);
    if (!form) return tl::make_unexpected(form.error());
    const auto first = form->one("sample_1", PartKind::sample);
    if (!first) return tl::make_unexpected(first.error());
    const auto samples = form->many("samples_n", PartKind::sample);
    if (!samples) return tl::make_unexpected(samples.error());
    std::vector<Picture> pictures{{"sample_1", *first}};
    for (const NamedBytes& sample : *samples)
        pictures.push_back({quoted(sample.filename), sample.bytes});
    http::Response noted;
    const auto made = extract_all(pictures, false, work, noted);
    if (!made) return tl::make_unexpected(made.error());
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < samples->size(); ++i) {
        const double score =
            work.engine.compare(made->front().face_template, (*made)[i + 1].face_template);
        candidates.push_back({(*samples)[i].filename, score, decision(score, work.policy)});
    }
    return timed(compared(candidates, work), std::move(noted));
}

}  // namespace faceward::api
