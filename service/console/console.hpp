#pragma once

#include "service/console/facts.hpp"
#include "service/http/message.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace faceward::console {

/// The console before the API: it answers what asks for a file of the page or for its facts, and
/// hands everything else on.
class Console final : public http::Application {
  public:
    /// Told when an exchange of the console is over; called from any thread, must not throw.
    using Finished = std::function<void(const http::Exchange&, std::string_view route)>;

    /// `api` must outlive the console.
    Console(http::Application& api, Facts facts, Finished finished);

    /// Other facts, but for what is loaded. From any thread.
    void change(Facts facts);

    /// From now on the facts tell what is loaded. From any thread.
    void serve_with(Loaded loaded);

    void handle(http::Request request, http::Reply reply) override;
    http::Response refuse(http::FramingFault fault, const http::Request& request) override;
    void finished(const http::Exchange& exchange) override;

  private:
    http::Response answer(const http::Request& request) const;
    http::Response facts_response() const;

    http::Application& api_;
    Finished finished_;
    mutable std::mutex mutex_;
    Facts facts_;  // by mutex_
};

}  // namespace faceward::console
