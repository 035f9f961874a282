#pragma once

#include "service/http/message.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace faceward::http::test {

/// An application that answers with what it was asked, or as the test says, and remembers what the
/// server told it.
class EchoApplication final : public Application {
  public:
    using Handler = std::function<void(Request, Reply)>;

    struct Finished {
        Request request;
        int status;
        std::size_t bytes_in;
        std::size_t bytes_out;
        bool delivered;
        double read_ms;
        std::vector<std::pair<std::string, std::string>> notes;
    };

    explicit EchoApplication(Handler handler = echo) : handler_(std::move(handler)) {}

    static Response echo_of(const Request& request) {
        Response response;
        response.content_type = "text/plain";
        response.body =
            request.method + " " + request.path + " [" + request.query + "] " + request.body;
        return response;
    }

    static void echo(const Request& request, const Reply& reply) { reply(echo_of(request)); }

    void handle(Request request, Reply reply) override {
        handler_(std::move(request), std::move(reply));
    }

    Response refuse(FramingFault fault, const Request&) override {
        Response response;
        switch (fault) {
            case FramingFault::malformed:
                response.status = 400;
                break;
            case FramingFault::header_too_large:
                response.status = 431;
                break;
            case FramingFault::body_too_large:
                response.status = 413;
                break;
            case FramingFault::too_slow:
                response.status = 408;
                break;
            case FramingFault::no_room:
            case FramingFault::stopping:
                response.status = 503;
                break;
        }
        response.body = "refused";
        return response;
    }

    void finished(const Exchange& exchange) override {
        const std::lock_guard lock(mutex_);
        finished_.push_back({exchange.request, exchange.response.status, exchange.bytes_in,
                             exchange.bytes_out, exchange.delivered, exchange.read_ms,
                             exchange.response.notes});
        changed_.notify_all();
    }

    /// The exchanges so far, as soon as there are so many: the server reports one after the client
    /// has its answer.
    std::vector<Finished> wait_for_finished(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return finished_.size() >= count; });
        return finished_;
    }

  private:
    Handler handler_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Finished> finished_;
};

}  // namespace faceward::http::test
