#pragma once

#include "service/http/trace_context.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace faceward::http {

/// A header's name and value as received or to be sent.
using Header = std::pair<std::string, std::string>;

/// A complete request. Bytes are held as `char`, whatever they mean. Trailers of a chunked body are
/// dropped.
struct Request {
    std::string id;  ///< X-Request-ID: the client's if it sent a sane one, else fresh
    std::optional<TraceContext> trace;  ///< if the client sent one (`traceparent`)
    std::string method;                 ///< as sent: "GET", "POST", …
    std::string path;   ///< target without its query (and its origin, if it has one), not decoded
    std::string query;  ///< after the '?', or empty
    std::vector<Header> headers;
    std::string body;
    std::chrono::steady_clock::time_point received;      ///< when the last byte of the body arrived
    std::shared_ptr<const std::atomic<bool>> abandoned;  ///< null: nobody watches the client

    /// Whether the client has left, so that work on the answer is in vain. From any thread.
    bool is_abandoned() const { return abandoned && *abandoned; }

    /// The first header of that name in any letter case, or nothing (a null view).
    std::string_view header(std::string_view name) const;
};

/// A complete answer. Content-Length, Date, Server, X-Request-ID, Connection and
/// X-Content-Type-Options: nosniff are added by the server.
struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string cache_control = "no-store";
    std::vector<Header> headers;  ///< further ones; must not hold line breaks
    std::string body;
    /// What the request's log line tells beside time, route, status and bytes: protocol code, stage
    /// times.
    std::vector<std::pair<std::string, std::string>> notes;
    std::vector<std::pair<std::string, double>> stages_ms;
    /// Called once the answer has been sent, or could not be; must not block or throw.
    std::function<void()> after_sent;

    /// Adds times to `stages_ms`; those of one name add up.
    void note_stages(std::span<const std::pair<std::string_view, double>> times);
};

/// Why the server gives a request up.
enum class FramingFault {
    malformed,         ///< not HTTP/1.1 or HTTP/1.0
    header_too_large,  ///< over max_header_bytes
    body_too_large,    ///< over max_body_bytes
    too_slow,          ///< over read_timeout_ms
    no_room,           ///< its body does not fit into max_buffered_bytes beside the others
    stopping,          ///< complete, but not answered within shutdown_grace_ms
};

/// Hands the answer back; call it exactly once, from any thread, also after the client or the
/// server is gone. Only the first call counts. When the last copy goes without a call, the client
/// gets a 500 without a body.
using Reply = std::function<void(Response)>;

/// One finished exchange, for the log and the metrics.
struct Exchange {
    const Request&
        request;  ///< id, trace, method, path, query, received: headers and body went with `handle`
    const Response& response;
    std::size_t bytes_in;   ///< header and body as they came over the wire
    std::size_t bytes_out;  ///< as far as the client took them
    bool delivered;         ///< the client took all of it, as far as the server can know
    double read_ms;         ///< first to last byte of the request
    double handle_ms;       ///< last byte of the request to the answer being ready
    double write_ms;
};

/// What the server asks of the program behind it. Functions are called on I/O threads and must not
/// block. They should not throw either: what escapes `handle` is answered with a 500 without a body
/// and noted as "fault"; what escapes the others ends the connection.
class Application {
  public:
    virtual ~Application() = default;
    virtual void handle(Request request, Reply reply) = 0;
    /// The answer for a request that the server gives up (its body is not there).
    virtual Response refuse(FramingFault fault, const Request& request) = 0;
    /// Called after each answer, also of refused requests, and whether or not the client took it;
    /// for a request that the stop cut off, with the answer that `refuse` gives.
    virtual void finished(const Exchange& exchange) = 0;
};

}  // namespace faceward::http
