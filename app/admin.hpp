#pragma once

#include "service/http/message.hpp"
#include "service/http/server.hpp"
#include "service/ops/settings.hpp"

#include <functional>
#include <string>
#include <utility>

namespace faceward::app {

/// What the admin port answers: `GET /metrics`.
class Admin final : public http::Application {
  public:
    /// `metrics` gives the text of the metrics; it is called on the server's thread.
    explicit Admin(std::function<std::string()> metrics) : metrics_(std::move(metrics)) {}

    void handle(http::Request request, http::Reply reply) override;
    http::Response refuse(http::FramingFault fault, const http::Request& request) override;
    void finished(const http::Exchange&) override {}

  private:
    std::function<std::string()> metrics_;
};

/// Of a server for it, with one thread.
http::ServerOptions admin_options(const ops::Settings& settings);

}  // namespace faceward::app
