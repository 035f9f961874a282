#pragma once

#include "engine/result.hpp"
#include "service/http/message.hpp"

#include <span>
#include <string>
#include <string_view>

namespace faceward::api {

/// Whose codes an error carries: `BPE-…` for biometry and /version, `LDE-…` for liveness.
enum class Group { pattern, liveness };

/// Why a request gets no answer. The first block is the protocol's own, the second this server's
/// (`SRV-…`).
enum class Refusal {
    request_content_type,
    method,
    sample_unreadable,
    template_unreadable,
    part_content_type,
    bad_request,
    template_not_extracted,
    face_missing,
    several_people,
    internal,
    inference,

    malformed,
    not_found,
    too_slow,
    body_too_large,
    header_too_large,
    overloaded,
};

/// Why more closely than the refusal says, for those who watch the server.
enum class Cause {
    as_refused,  ///< as the refusal says

    picture_unreadable,
    medium_unreadable,
    not_judgeable,
    decoder_failed,

    queue_full,
    no_body_memory,
    stopping,
    client_left,
};

/// A refusal with what the caller should know beyond its description.
struct ApiError {
    Refusal refusal;
    std::string reason;  ///< one plain clause, or empty
    Cause cause = Cause::as_refused;
};

/// Words for why a request is refused, of all refusals and causes.
std::span<const std::string_view> refusal_words();

/// The refusal for an engine's fault.
ApiError from_engine(const Error& error);

/// The one answer for an error: status, `{"code", "message"}`, and for the log the code and the
/// word for why.
http::Response error_response(Group group, const ApiError& error);

}  // namespace faceward::api
