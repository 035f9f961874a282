#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace faceward::ops {

/// For tests: a web server on 127.0.0.1 that keeps what it is sent and answers as it is told. Of
/// plain sockets, since ThreadSanitizer does not know the fences of Asio.
class WebhookReceiver {
  public:
    struct Request {
        std::string method;
        std::string target;
        std::map<std::string, std::string> headers;  ///< by name in lower case
        std::string body;

        /// Empty where there is none.
        std::string header(std::string name) const {
            const auto found = headers.find(lower_case(std::move(name)));
            return found == headers.end() ? "" : found->second;
        }
    };
    /// The answer to a request; a status of 0 is none: the connection stays open.
    struct Answer {
        unsigned status = 200;
        std::string location = {};
    };
    /// Called on the server's thread with the number of requests before this one.
    using Answers = std::function<Answer(std::size_t before, const Request& request)>;

    explicit WebhookReceiver(Answers answers) : answers_(std::move(answers)) {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address_);
        if (bind(listener_.number, general(), length) != 0 || listen(listener_.number, 64) != 0 ||
            getsockname(listener_.number, general(), &length) != 0)
            throw std::system_error(errno, std::generic_category(), "a test's server");
        thread_ = std::jthread([this] { serve(); });
    }
    ~WebhookReceiver() {
        stopping_ = true;
        const Socket waker;
        connect(waker.number, general(), sizeof(address_));
        thread_.join();
    }
    WebhookReceiver(const WebhookReceiver&) = delete;
    WebhookReceiver& operator=(const WebhookReceiver&) = delete;

    std::string port() const { return std::to_string(ntohs(address_.sin_port)); }
    std::string url(const std::string& host = "127.0.0.1") const {
        return "http://" + host + ":" + port() + "/hook?token=1";
    }

    /// What has come so far, of requests that were whole.
    std::vector<Request> requests() const {
        const std::scoped_lock lock(mutex_);
        return requests_;
    }
    void wait_for_requests(std::size_t count) {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [&] { return requests_.size() >= count; });
    }

  private:
    struct Socket {
        explicit Socket(int of = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) : number(of) {}
        Socket(Socket&& other) noexcept : number(std::exchange(other.number, -1)) {}
        ~Socket() {
            if (number >= 0) close(number);
        }
        int number;
    };

    static std::string lower_case(std::string text) {
        std::ranges::transform(text, text.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    }

    sockaddr* general() { return reinterpret_cast<sockaddr*>(&address_); }

    void serve() {
        std::vector<Socket> unanswered;
        while (true) {
            Socket socket(accept(listener_.number, nullptr, nullptr));
            if (stopping_) return;
            if (!answer(socket)) unanswered.push_back(std::move(socket));
        }
    }

    bool answer(const Socket& socket) {
        const auto request = read(socket);
        if (!request) return true;
        const Answer answer = answers_(keep(*request), *request);
        if (answer.status == 0) return false;
        std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " X\r\n";
        if (!answer.location.empty()) text += "Location: " + answer.location + "\r\n";
        text += answer.status == 204 ? "\r\n" : "Content-Length: 6\r\n\r\nthanks";
        send(socket.number, text.data(), text.size(), MSG_NOSIGNAL);
        return true;
    }

    static std::optional<Request> read(const Socket& socket) {
        std::string text;
        while (text.find("\r\n\r\n") == std::string::npos)
            if (!read_more(socket, text)) return std::nullopt;
        const std::size_t head = text.find("\r\n\r\n") + 4;
        Request request = parse_head(text.substr(0, head));
        const std::size_t length = std::stoul("0" + request.header("Content-Length"));
        while (text.size() < head + length)
            if (!read_more(socket, text)) return std::nullopt;
        request.body = text.substr(head);
        return request;
    }

    static bool read_more(const Socket& socket, std::string& text) {
        std::string block(4096, '\0');
        const ssize_t count = recv(socket.number, block.data(), block.size(), 0);
        if (count <= 0) return false;
        text.append(block, 0, static_cast<std::size_t>(count));
        return true;
    }

    static Request parse_head(const std::string& head) {
        std::istringstream lines(head);
        Request request;
        std::string line;
        std::getline(lines, line);
        std::istringstream(line) >> request.method >> request.target;
        while (std::getline(lines, line) && line != "\r") {
            const std::size_t colon = line.find(':');
            request.headers[lower_case(line.substr(0, colon))] =
                line.substr(colon + 2, line.size() - colon - 3);
        }
        return request;
    }

    std::size_t keep(const Request& request) {
        const std::scoped_lock lock(mutex_);
        requests_.push_back(request);
        arrived_.notify_all();
        return requests_.size() - 1;
    }

    const Answers answers_;
    const Socket listener_;
    sockaddr_in address_{};
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<Request> requests_;
    std::jthread thread_;
};

}  // namespace faceward::ops
