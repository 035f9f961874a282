#pragma once

#include "app/admin.hpp"
#include "app/watching.hpp"
#include "service/api/service.hpp"
#include "service/console/console.hpp"
#include "service/http/server.hpp"
#include "service/ops/log.hpp"
#include "service/ops/settings.hpp"
#include "service/ops/slots.hpp"
#include "service/ops/webhook.hpp"

#include <tl/expected.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace faceward::app {

/// The program as it serves: its parts, wired together.
class Serving {
  public:
    /// Makes the parts that need no model pack. Throws std::runtime_error or std::system_error when
    /// the system does not give what they need. The log must outlive this.
    Serving(const ops::Settings& settings, ops::Log& log);

    /// Listens, answers that it is warming up, makes the engine, and answers from then on. The
    /// error is for the operator.
    tl::expected<void, std::string> start();

    /// Takes over what a running program can of settings that were read anew, all at once, and logs
    /// what it did; an error is logged and changes nothing. Once started.
    void reload(const tl::expected<ops::Settings, std::string>& wanted);

    /// Where it listens, as a URL; once started.
    std::string address() const;

    /// Whether it serves the console.
    bool has_console() const;

    /// Ends what is in flight within the grace of the settings, counted from `since`. Gives the
    /// number of requests that were dropped.
    std::size_t stop(std::chrono::steady_clock::time_point since);

  private:
    tl::expected<void, std::string> listen();
    tl::expected<void, std::string> open_engine();
    ops::Readings readings() const;
    api::Policy policy(const ops::Settings& settings);
    http::Application& application();
    EngineOptions watched_engine(const ops::Settings& settings);
    void refuse_reload(const std::string& why);

    ops::Settings settings_;
    ops::Log& log_;
    Watching watching_;
    std::size_t slots_;
    ops::SlotPool pool_;
    ops::Webhooks webhooks_;
    api::Service service_;
    console::Console console_;
    http::Server server_;
    Admin admin_;
    http::Server admin_server_;
};

}  // namespace faceward::app
