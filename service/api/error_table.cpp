#include "service/api/error_table.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string_view>

namespace faceward::api {
namespace {

/// A row: what each group answers.
/// Descriptions are the published ones, word for word.
struct Row {
    Refusal refusal;
    int status;
    std::string_view pattern_code;
    std::string_view pattern_text;
    std::string_view liveness_code;
    std::string_view liveness_text;
};

constexpr std::string_view unreadable_medium = "Failed to extract the biometric sample";

constexpr Row rows[] = {
    {Refusal::request_content_type, 400, "BPE-002001", "Invalid Content-Type of HTTP request",
     "LDE-002001", "Invalid Content-Type of HTTP request"},
    {Refusal::method, 400, "BPE-002002", "Invalid HTTP request method", "LDE-002002",
     "Invalid HTTP request method"},
    {Refusal::sample_unreadable, 400, "BPE-002003", "Failed to read the biometric sample",
     "LDE-002004", unreadable_medium},
    {Refusal::template_unreadable, 400, "BPE-002004", "Failed to read the biometric template",
     "LDE-002004", unreadable_medium},
    {Refusal::part_content_type, 400, "BPE-002005",
     "Invalid Content-Type of the multiparted HTTP request part", "LDE-002005",
     "Invalid Content-Type of the multiparted HTTP request part"},
    {Refusal::bad_request, 400, "BPE-002006", "Bad request", "LDE-002006", "Bad request"},
    {Refusal::template_not_extracted, 400, "BPE-003001",
     "Failed to retrieve the biometric template", "LDE-002004", unreadable_medium},
    {Refusal::face_missing, 400, "BPE-003002", "The biometric sample is missing face", "LDE-002004",
     unreadable_medium},
    {Refusal::several_people, 400, "BPE-003003",
     "More than one person is present on the biometric sample", "LDE-002004", unreadable_medium},
    {Refusal::internal, 500, "BPE-001001", "Internal bioprocessor error", "LDE-001001",
     "Liveness detection processor internal error"},
    {Refusal::inference, 400, "BPE-001002", "TFSS error. Call the biometry health method.",
     "LDE-001002", "TFSS error. Call the Liveness health method."},
    {Refusal::malformed, 400, "SRV-400", "Malformed HTTP request", "SRV-400",
     "Malformed HTTP request"},
    {Refusal::not_found, 404, "SRV-404", "Not found", "SRV-404", "Not found"},
    {Refusal::too_slow, 408, "SRV-408", "The request took too long to arrive", "SRV-408",
     "The request took too long to arrive"},
    {Refusal::body_too_large, 413, "SRV-413", "The request body is too large", "SRV-413",
     "The request body is too large"},
    {Refusal::header_too_large, 431, "SRV-431", "The request header is too large", "SRV-431",
     "The request header is too large"},
    {Refusal::overloaded, 503, "SRV-503", "The server is busy", "SRV-503", "The server is busy"},
};

const Row& row_of(Refusal refusal) {
    for (const Row& row : rows)
        if (row.refusal == refusal) return row;
    throw std::logic_error("an error without a row in the table");
}

}  // namespace

ApiError from_engine(const Error& error) {
    switch (error.fault) {
        case Fault::picture_unreadable:
        case Fault::medium_unreadable:
        case Fault::not_judgeable:
            return {Refusal::sample_unreadable, error.reason};
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
        case Fault::pack_invalid:
        case Fault::decoder_failed:
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
    if (error.refusal == Refusal::overloaded) response.headers.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace faceward::api
