#pragma once

#include "service/http/message.hpp"
#include "service/http/request_parser.hpp"

#include <tl/expected.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace faceward::http {

struct ServerOptions {
    std::string host = "127.0.0.1";  ///< a name or an address to listen on
    std::uint16_t port = 0;          ///< 0: any free one
    std::size_t io_threads = 1;
    std::size_t max_body_bytes = RequestLimits{}.max_body_bytes;
    /// Of all bodies that are held at a time, arriving or in work; one more is refused.
    std::size_t max_buffered_bytes = 1U << 30U;
    std::size_t max_header_bytes = RequestLimits{}.max_header_bytes;
    /// For a further one the longest idle is closed; without an idle one it waits in the backlog of
    /// the system.
    std::size_t max_connections = 1024;
    std::chrono::milliseconds read_timeout{
        15'000};  ///< from the first byte of a request to its last
    std::chrono::milliseconds idle_timeout{60'000};   ///< without any byte of the next request
    std::chrono::milliseconds write_timeout{15'000};  ///< for a whole answer
    /// For a client that closes its sending side before it has its answer; then it counts as gone.
    std::chrono::milliseconds half_close_patience{2'000};
    std::chrono::milliseconds shutdown_grace{
        10'000};  ///< for requests under way when `stop` is called
};

/// An HTTP/1.1 server: connections, framing, limits and time. It reads the next request of a
/// connection when the answer to the one before is written. After refusing a request it goes on to
/// read what comes, for up to `read_timeout`, so that a client which is still sending sees the
/// answer and not a reset (RFC 9112 §9.6).
class Server {
  public:
    /// The application must outlive the server.
    Server(ServerOptions options, Application& application);
    ~Server();  ///< stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens and answers from now on; called once. The error is one line for the operator.
    tl::expected<void, std::string> start();

    /// The port it listens on, once started.
    std::uint16_t port() const;

    /// Takes over the limits and times of these options; each request has those of its beginning.
    /// Address and threads stay as they are. From any thread.
    void change(ServerOptions options);

    /// Connections that are open now. From any thread.
    std::size_t connections() const;

    /// Bytes of request bodies that are held now. From any thread.
    std::size_t body_bytes() const;

    /// Accepts no more, closes idle connections at once, lets requests under way end within
    /// `shutdown_grace`, drops the rest, and returns when all threads have ended. Gives the number
    /// of dropped requests. Not to be called on an I/O thread. Does nothing the second time.
    std::size_t stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace faceward::http
