#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace faceward::http {

/// A request's place in a distributed trace (W3C Trace Context). Ids are lower-case hexadecimal.
struct TraceContext {
    std::string trace_id;   ///< 32 digits; of the whole trace
    std::string parent_id;  ///< 16 digits; of the caller's part
    std::string span_id;    ///< 16 digits; of this server's part, fresh
    bool sampled = false;   ///< the caller may have recorded its part
};

/// The trace that a `traceparent` header names; nothing for a header that is not well formed, which
/// is to be ignored.
std::optional<TraceContext> read_traceparent(std::string_view header);

/// The header of requests that are made on the way.
std::string traceparent(const TraceContext& trace);

}  // namespace faceward::http
