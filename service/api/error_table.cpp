#include "service/api/error_table.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace faceward::api {
namespace {

/// A row: the word for the operator, and what each group answers.
/// Descriptions are the published ones, word for word.
struct Row {
    Refusal refusal;
    std::string_view word;
    int status;
    std::string_view pattern_code;
    std::string_view pattern_text;
    std::string_view liveness_code;
    std::string_view liveness_text;
};

constexpr std::string_view unreadable_medium = "Failed to extract the biometric sample";

constexpr Row rows[] = {
    {Refusal::request_content_type, "request_content_type", 400, "BPE-002001",
     "Invalid Content-Type of HTTP request", "LDE-002001", "Invalid Content-Type of HTTP request"},
    {Refusal::method, "method", 400, "BPE-002002", "Invalid HTTP request method", "LDE-002002",
     "Invalid HTTP request method"},
    {Refusal::sample_unreadable, "sample_unreadable", 400, "BPE-002003",
     "Failed to read the biometric sample", "LDE-002004", unreadable_medium},
    {Refusal::template_unreadable, "template_unreadable", 400, "BPE-002004",
     "Failed to read the biometric template", "LDE-002004", unreadable_medium},
    {Refusal::part_content_type, "part_content_type", 400, "BPE-002005",
     "Invalid Content-Type of the multiparted HTTP request part", "LDE-002005",
     "Invalid Content-Type of the multiparted HTTP request part"},
    {Refusal::bad_request, "bad_request", 400, "BPE-002006", "Bad request", "LDE-002006",
     "Bad request"},
    {Refusal::template_not_extracted, "template_not_extracted", 400, "BPE-003001",
     "Failed to retrieve the biometric template", "LDE-002004", unreadable_medium},
    {Refusal::face_missing, "face_missing", 400, "BPE-003002",
     "The biometric sample is missing face", "LDE-002004", unreadable_medium},
    {Refusal::several_people, "several_people", 400, "BPE-003003",
     "More than one person is present on the biometric sample", "LDE-002004", unreadable_medium},
    {Refusal::internal, "internal", 500, "BPE-001001", "Internal bioprocessor error", "LDE-001001",
     "Liveness detection processor internal error"},
    {Refusal::inference, "inference_failed", 400, "BPE-001002",
     "TFSS error. Call the biometry health method.", "LDE-001002",
     "TFSS error. Call the Liveness health method."},
    {Refusal::malformed, "malformed", 400, "SRV-400", "Malformed HTTP request", "SRV-400",
     "Malformed HTTP request"},
    {Refusal::not_found, "not_found", 404, "SRV-404", "Not found", "SRV-404", "Not found"},
    {Refusal::too_slow, "too_slow", 408, "SRV-408", "The request took too long to arrive",
     "SRV-408", "The request took too long to arrive"},
    {Refusal::body_too_large, "body_too_large", 413, "SRV-413", "The request body is too large",
     "SRV-413", "The request body is too large"},
    {Refusal::header_too_large, "header_too_large", 431, "SRV-431",
     "The request header is too large", "SRV-431", "The request header is too large"},
    {Refusal::overloaded, "overloaded", 503, "SRV-503", "The server is busy", "SRV-503",
     "The server is busy"},
};

constexpr std::pair<Cause, std::string_view> cause_words[] = {
    {Cause::picture_unreadable, "picture_unreadable"},
    {Cause::medium_unreadable, "medium_unreadable"},
    {Cause::not_judgeable, "not_judgeable"},
    {Cause::decoder_failed, "decoder_failed"},
    {Cause::queue_full, "queue_full"},
    {Cause::no_body_memory, "no_body_memory"},
    {Cause::stopping, "stopping"},
    {Cause::client_left, "client_left"},
};

const Row& row_of(Refusal refusal) {
    for (const Row& row : rows)
        if (row.refusal == refusal) return row;
    throw std::logic_error("an error without a row in the table");
}

std::string_view word_of(const ApiError& error) {
    const auto* const found =
        std::ranges::find(cause_words, error.cause, &std::pair<Cause, std::string_view>::first);
    return found == std::end(cause_words) ? row_of(error.refusal).word : found->second;
}

}  // namespace

std::span<const std::string_view> refusal_words() {
    static constexpr auto words = [] {
        std::array<std::string_view, std::size(rows) + std::size(cause_words)> all;
        auto* end = all.data();
        for (const Row& row : rows) *end++ = row.word;
        for (const auto& [cause, word] : cause_words) *end++ = word;
        return all;
    }();
    return words;
}

ApiError from_engine(const Error& error) {
    switch (error.fault) {
        case Fault::picture_unreadable:
            return {Refusal::sample_unreadable, error.reason, Cause::picture_unreadable};
        case Fault::medium_unreadable:
            return {Refusal::sample_unreadable, error.reason, Cause::medium_unreadable};
        case Fault::not_judgeable:
            return {Refusal::sample_unreadable, error.reason, Cause::not_judgeable};
        case Fault::template_unreadable:
            return {Refusal::template_unreadable, error.reason};
        case Fault::face_not_found:
            return {Refusal::face_missing, error.reason};
        case Fault::several_faces:
            return {Refusal::several_people, error.reason};
        case Fault::template_not_extracted:
            return {Refusal::template_not_extracted, error.reason};
        case Fault::inference_failed:
            return {Refusal::inference, {}};
        case Fault::decoder_failed:
            return {Refusal::internal, {}, Cause::decoder_failed};
        case Fault::pack_invalid:
        case Fault::internal:
            break;
    }
    return {Refusal::internal, {}};
}

http::Response error_response(Group group, const ApiError& error) {
    const Row& row = row_of(error.refusal);
    const bool pattern = group == Group::pattern;
    const std::string code(pattern ? row.pattern_code : row.liveness_code);
    std::string message(pattern ? row.pattern_text : row.liveness_text);
    if (!error.reason.empty()) message += ": " + error.reason;

    http::Response response;
    response.status = row.status;
    response.body = nlohmann::ordered_json{{"code", code}, {"message", message}}.dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace);
    response.notes.emplace_back("code", code);
    response.notes.emplace_back("reason", word_of(error));
    if (error.refusal == Refusal::overloaded) response.headers.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace faceward::api
