#pragma once

#include <string>
#include <string_view>

namespace faceward::http {

/// Whether a client's X-Request-ID can be trusted in a log line and a header: 1 to 128 of
/// [A-Za-z0-9._:-].
bool is_sane_request_id(std::string_view id);

/// A random UUID (RFC 9562, version 4) in lower case.
std::string fresh_request_id();

}  // namespace faceward::http
