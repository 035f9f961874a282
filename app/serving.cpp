#include "app/serving.hpp"

#include "app/console.hpp"
#include "app/setup.hpp"
#include "service/ops/cpu_share.hpp"
#include "service/ops/settings_change.hpp"

#include <algorithm>

namespace faceward::app {
namespace {

using ops::LogLevel;

/// Worker slots: what the operator says, else one for each usable core. The choice is logged.
std::size_t choose_slots(const ops::Settings& settings, const ops::Log& log) {
    const ops::CpuShare share = ops::cpu_share();
    const std::size_t slots = settings.workers > 0 ? settings.workers : share.cores();
    log.event(LogLevel::info, "workers",
              {{"count", slots},
               {"chosen_by", settings.workers > 0 ? "the setting workers" : share.explain()}});
    return slots;
}

http::ServerOptions server_options(const ops::Settings& settings) {
    http::ServerOptions options;
    options.host = settings.host;
    options.port = settings.port;
    options.io_threads = settings.io_threads;
    options.max_body_bytes = settings.max_body_bytes;
    options.max_buffered_bytes = settings.max_buffered_bytes;
    options.max_header_bytes = settings.max_header_bytes;
    options.max_connections = settings.max_connections;
    options.read_timeout = settings.read_timeout_ms;
    options.idle_timeout = settings.idle_timeout_ms;
    options.write_timeout = settings.write_timeout_ms;
    options.shutdown_grace = settings.shutdown_grace_ms;
    return options;
}

ops::WebhookOptions webhook_options(const ops::Settings& settings, Watching& watching) {
    ops::WebhookOptions options;
    options.allow = settings.webhook_allow;
    options.secret = settings.webhook_secret;
    options.on_event = [&watching](const ops::WebhookEvent& event) {
        watching.webhook_ended(event);
    };
    return options;
}

/// Nothing if that is over.
std::chrono::milliseconds time_until(std::chrono::steady_clock::time_point deadline) {
    const auto left = deadline - std::chrono::steady_clock::now();
    return std::max(std::chrono::floor<std::chrono::milliseconds>(left),
                    std::chrono::milliseconds(0));
}

/// As a URL; the address of IPv6 is set in brackets (RFC 3986 §3.2.2).
std::string address_of(const std::string& host, std::uint16_t port) {
    const bool ipv6 = host.find(':') != std::string::npos;
    return "http://" + (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace

Serving::Serving(const ops::Settings& settings, ops::Log& log)
    : settings_(settings),
      log_(log),
      watching_(log),
      slots_(choose_slots(settings, log)),
      pool_(slots_, settings.max_queue,
            [this](std::string_view what) { watching_.fault({}, what); }),
      webhooks_(webhook_options(settings, watching_)),
      service_(FACEWARD_VERSION, policy(settings_), pool_, watching_.observer()),
      console_(service_, console_facts(settings), watching_.observer().finished),
      server_(server_options(settings), application()),
      admin_([this] { return watching_.metrics().text(readings()); }),
      admin_server_(admin_options(settings), admin_) {}

api::Policy Serving::policy(const ops::Settings& settings) {
    return {settings.approve_threshold,
            settings.decline_threshold,
            settings.liveness_threshold,
            settings.require_gestures,
            settings.max_parts,
            [this](const api::Notice& notice) {
                webhooks_.submit({notice.url, notice.body, notice.request_id, notice.traceparent});
            }};
}

ops::Readings Serving::readings() const {
    const media::DecoderCounts decoders = service_.decoders();
    return {pool_.slots(),
            pool_.busy(),
            pool_.queued(),
            pool_.max_queue(),
            server_.connections(),
            server_.body_bytes(),
            webhooks_.pending(),
            decoders.started,
            decoders.ended,
            service_.is_ready(api::Group::pattern),
            service_.is_ready(api::Group::liveness)};
}

tl::expected<void, std::string> Serving::start() {
    return listen().and_then([this] { return open_engine(); });
}

tl::expected<void, std::string> Serving::listen() {
    if (auto started = server_.start(); !started) return started;
    log_.event(LogLevel::info, "listening",
               {{"host", settings_.host}, {"port", server_.port()}, {"address", address()}});
    if (settings_.admin_port == 0) return {};
    if (auto started = admin_server_.start(); !started) return started;
    log_.event(LogLevel::info, "admin",
               {{"host", settings_.admin_host},
                {"port", admin_server_.port()},
                {"metrics", address_of(settings_.admin_host, admin_server_.port()) + "/metrics"}});
    return {};
}

EngineOptions Serving::watched_engine(const ops::Settings& settings) {
    EngineOptions options = engine_options(settings, slots_, [this](const std::string& what) {
        log_.event(LogLevel::warn, "warning", {{"what", what}});
    });
    options.decoding.on_failure = [this](media::DecoderFailure failure, std::string_view what) {
        watching_.decoder_failed(failure, what);
    };
    return options;
}

tl::expected<void, std::string> Serving::open_engine() {
    if (!settings_.sandbox)
        log_.event(LogLevel::warn, "sandbox",
                   {{"what", "decoding processes are not locked in: the setting sandbox is off"}});
    auto engine = Engine::open(watched_engine(settings_));
    if (!engine) return tl::make_unexpected(engine.error().reason);
    watching_.serving(*engine);
    console_.serve_with({engine->networks(), engine->profile()});
    service_.serve_with(std::move(*engine));
    log_.event(LogLevel::info, "ready",
               {{"profile", settings_.profile}, {"version", FACEWARD_VERSION}});
    return {};
}

bool Serving::has_console() const { return serves_console(settings_); }

http::Application& Serving::application() {
    if (has_console()) return console_;
    return service_;
}

void Serving::refuse_reload(const std::string& why) {
    watching_.metrics().reload(false);
    log_.event(LogLevel::error, "reload", {{"what", "nothing is changed: " + why}});
}

void Serving::reload(const tl::expected<ops::Settings, std::string>& wanted) {
    if (!wanted) return refuse_reload(wanted.error());
    const ops::SettingsChange change = ops::take_over(settings_, *wanted);
    // The engine comes first: it alone can refuse.
    if (const auto changed =
            service_.change(policy(change.settings), watched_engine(change.settings));
        !changed)
        return refuse_reload(changed.error().reason);
    // Told by whichever level says more.
    log_.set_level(std::min(settings_.log_level, change.settings.log_level));
    settings_ = change.settings;
    server_.change(server_options(settings_));
    pool_.set_max_queue(settings_.max_queue);
    console_.change(console_facts(settings_));
    watching_.metrics().reload(true);
    log_.event(change.needs_start.empty() ? LogLevel::info : LogLevel::warn, "reload",
               {{"taken_over", change.taken_over}, {"needs_start", change.needs_start}});
    log_.set_level(settings_.log_level);
}

std::string Serving::address() const { return address_of(settings_.host, server_.port()); }

std::size_t Serving::stop(std::chrono::steady_clock::time_point since) {
    const auto deadline = since + settings_.shutdown_grace_ms;
    const std::size_t dropped = server_.stop();
    pool_.stop(time_until(deadline));
    webhooks_.stop(time_until(deadline));
    admin_server_.stop();
    return dropped;
}

}  // namespace faceward::app
