#include "service/http/test_client.hpp"

#include "service/http/ascii.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace faceward::http::test {
namespace {

constexpr int patience_ms = 30'000;

void check(bool ok, const char* what) {
    if (!ok) throw std::system_error(errno, std::generic_category(), what);
}

std::string take_line(std::string& text) {
    const std::size_t end = text.find("\r\n");
    if (end == std::string::npos) throw std::runtime_error("a line of the answer does not end");
    std::string line = text.substr(0, end);
    text.erase(0, end + 2);
    return line;
}

}  // namespace

std::string_view Received::header(std::string_view name) const {
    for (const auto& [its_name, value] : headers)
        if (equal_ignoring_case(its_name, name)) return value;
    return {};
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    check(socket_ >= 0, "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
          "connect");
}

Client::~Client() {
    if (socket_ >= 0) ::close(socket_);
}

bool Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Client::receive_more() {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, patience_ms) <= 0) throw std::runtime_error("the server sends nothing");
    std::array<char, 65'536> bytes;
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    input_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

std::string Client::receive_until(std::string_view end) {
    while (input_.find(end) == std::string::npos)
        if (!receive_more()) throw std::runtime_error("closed after \"" + input_ + "\"");
    const std::size_t length = input_.find(end) + end.size();
    std::string text = input_.substr(0, length);
    input_.erase(0, length);
    return text;
}

Received Client::receive(bool to_head) {
    std::string head = receive_until("\r\n\r\n");
    Received answer;
    answer.status = std::stoi(take_line(head).substr(9));
    while (head != "\r\n") {
        const std::string line = take_line(head);
        const std::size_t colon = line.find(": ");
        answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    if (to_head) return answer;
    const std::size_t length = std::stoul(std::string(answer.header("Content-Length")));
    while (input_.size() < length)
        if (!receive_more()) throw std::runtime_error("closed within a body");
    answer.body = input_.substr(0, length);
    input_.erase(0, length);
    return answer;
}

bool Client::sees_close() { return input_.empty() && !receive_more(); }

void Client::close_sending() { ::shutdown(socket_, SHUT_WR); }

void Client::vanish() {
    const linger reset{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    ::close(socket_);
    socket_ = -1;
}

std::string post(std::string_view path, std::string_view body, std::string_view headers) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
}

std::string get(std::string_view path, std::string_view headers) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) +
           "\r\n";
}

}  // namespace faceward::http::test
