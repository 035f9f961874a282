#pragma once

#include "service/ops/words.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace spdlog {
class logger;
}

namespace faceward::ops {

enum class LogLevel { debug, info, warn, error };

template <>
inline constexpr std::array<std::string_view, 4> words<LogLevel>{"debug", "info", "warn", "error"};

/// What the log tells about a finished request. Nothing biometric belongs here.
struct RequestEvent {
    std::string_view request_id;
    std::string_view trace_id;   ///< of the client's trace (W3C Trace Context); or empty
    std::string_view parent_id;  ///< of the client's part of it
    std::string_view span_id;    ///< of this request
    std::string_view method;     ///< cut after 32 bytes
    std::string_view route;      ///< cut after 256 bytes
    int status;
    std::string_view code;    ///< the protocol's error code, or empty
    std::string_view reason;  ///< why it was refused, in a word; or empty
    std::uint64_t bytes_in;
    std::uint64_t bytes_out;
    bool delivered;  ///< the client took the answer, as far as the server can know
    std::span<const std::pair<std::string, double>>
        stages_ms;  ///< by name; written to the microsecond
};

/// Writes events as JSON objects, one a line: `time` (RFC 3339, UTC, milliseconds), `level`,
/// `event`, then the event's own fields in their order. Text that is not UTF-8 gets U+FFFD for its
/// bad bytes.
///
/// Thread safety: any thread at any time; lines never mix.
class Log {
  public:
    using Fields = nlohmann::ordered_json;  ///< an object

    /// Writes events of `least` and above to `out`, which must outlive the log.
    Log(LogLevel least, std::ostream& out);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// Writes events of `least` and above from now on.
    void set_level(LogLevel least);

    void event(LogLevel level, std::string_view name,
               const Fields& fields = Fields::object()) const;

    /// The event `request`: level `error` for an answer of 500 and above, else `info`; what was not
    /// delivered was no answer.
    void request(const RequestEvent& request) const;

  private:
    void write(LogLevel level, std::string_view name, std::string_view members) const;

    std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace faceward::ops
