#pragma once

#include "service/http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::http::test {

/// An answer as a client reads it.
struct Received {
    int status = 0;
    std::vector<Header> headers;
    std::string body;

    std::string_view header(std::string_view name) const;
};

/// A client on the loopback that sends any bytes, well-formed or not. What the server never sends
/// is an exception after some seconds instead of a test that hangs.
class Client {
  public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Sends all of it, or as much as the server takes before it closes: then gives false.
    bool send(std::string_view bytes);

    /// The next answer; to HEAD it has no body.
    Received receive(bool to_head = false);

    /// As much as the server sends up to and with that text.
    std::string receive_until(std::string_view end);

    /// Waits for the server to close; false if it sends something instead.
    bool sees_close();

    /// Says that it will send no more.
    void close_sending();

    /// Closes with a reset, as a client that crashes.
    void vanish();

  private:
    bool receive_more();

    int socket_ = -1;
    std::string input_;
};

/// "POST /path HTTP/1.1" with that body and further header lines, each ending in CRLF.
std::string post(std::string_view path, std::string_view body, std::string_view headers = {});

/// "GET /path HTTP/1.1" with further header lines, each ending in CRLF.
std::string get(std::string_view path, std::string_view headers = {});

}  // namespace faceward::http::test
