#pragma once

#include "service/http/message.hpp"

#include <cstddef>
#include <memory>
#include <span>

namespace faceward::http {

struct RequestLimits {
    std::size_t max_header_bytes = 16'384;  ///< of the request line and all headers
    std::size_t max_body_bytes = 64U << 20U;
};

/// Reads HTTP/1.1 and 1.0 requests (RFC 9112) out of a stream of bytes, one after the other,
/// whoever delivers the bytes:
///
///     waiting ──► header ──► body ──► complete ──`next`──► waiting
///        (skips empty lines) └────── refused
///
/// Memory follows the bytes that arrived, not the Content-Length that was promised. Bodies of known
/// length are received in place. What could be understood in two ways is refused, so that no proxy
/// in front can be led to see other requests than this server (RFC 9112 §11.2): Transfer-Encoding
/// other than a single "chunked" or together with Content-Length, different Content-Lengths, no
/// Host or two.
class RequestParser {
  public:
    enum class State { waiting, header, body, complete, refused };

    explicit RequestParser(const RequestLimits& limits);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    State state() const;

    /// Other limits from the next request on; in state `waiting` for that one.
    void limit(const RequestLimits& limits);

    /// The request is neither complete nor refused.
    bool needs_more() const { return state() < State::complete; }

    /// Where the next bytes of the stream belong; never empty while it `needs_more`.
    std::span<char> space();

    /// The first `count` bytes of `space()` have arrived.
    void received(std::size_t count);

    /// What is known of the request so far; its body, its headers and its id only until it is
    /// `take`n. A refused one has no body.
    const Request& request() const;

    /// In state `body`: the client waits for "100 Continue" before it sends the body (RFC 9110
    /// §10.1.1). True until more bytes arrive.
    bool wants_continue() const;

    /// In state `complete`: the client expects more exchanges on this connection.
    bool keeps_alive() const;

    /// In state `refused`.
    FramingFault fault() const;

    /// The bytes of memory that the body takes; known until it is `take`n.
    std::size_t body_bytes() const;

    /// The owner of the stream gives the request up.
    void refuse(FramingFault why);

    /// The bytes that the request took on the wire so far.
    std::size_t bytes_in() const;

    /// In state `complete`: the request, once.
    Request take();

    /// Goes on to the next request, whose first bytes may be here already.
    void next();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace faceward::http
