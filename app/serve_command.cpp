#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/setup.hpp"
#include "app/stop_signals.hpp"
#include "service/api/service.hpp"
#include "service/console/console.hpp"
#include "service/http/server.hpp"
#include "service/ops/cpu_share.hpp"
#include "service/ops/log.hpp"
#include "service/ops/webhook.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>

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

api::Observer observer_of(const ops::Log& log) {
    return {[&log](const http::Exchange& exchange, std::string_view route) {
                std::vector<std::pair<std::string, double>> stages{{"read", exchange.read_ms},
                                                                   {"handle", exchange.handle_ms},
                                                                   {"write", exchange.write_ms}};
                stages.insert(stages.end(), exchange.response.stages_ms.begin(),
                              exchange.response.stages_ms.end());
                std::string_view code;
                for (const auto& [name, value] : exchange.response.notes)
                    if (name == "code") code = value;
                log.request({exchange.request.id, exchange.request.method, route,
                             exchange.response.status, code, exchange.bytes_in, exchange.bytes_out,
                             exchange.delivered, stages});
            },
            [&log](std::string_view request_id, std::string_view what) {
                log.event(LogLevel::error, "fault", {{"request_id", request_id}, {"what", what}});
            }};
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

void greet(const std::string& address, bool with_console) {
    std::cout << "\nfaceward answers on " << address << '\n';
    if (with_console) std::cout << "The console is at " << address << "/console\n";
    std::cout
        << "\nTry it:\n"
        << "  curl " << address << "/v1/face/pattern/health\n"
        << "  curl -H 'Content-Type: image/jpeg' --data-binary @face.jpg -o face.template \\\n"
        << "       " << address << "/v1/face/pattern/extract\n"
        << "  curl -F 'sample_1=@face.jpg;type=image/jpeg' -F "
           "'sample_2=@other.jpg;type=image/jpeg' \\\n"
        << "       " << address << "/v1/face/pattern/extract_and_compare\n\n"
        << "Ctrl-C stops it.\n"
        << std::flush;
}

ops::WebhookOptions webhook_options(const ops::Settings& settings, const ops::Log& log) {
    ops::WebhookOptions options;
    options.allow = settings.webhook_allow;
    options.secret = settings.webhook_secret;
    options.on_event = [&log](const ops::WebhookEvent& event) {
        const bool delivered = event.outcome == ops::WebhookOutcome::delivered;
        log.event(delivered ? LogLevel::info : LogLevel::warn, "webhook",
                  {{"request_id", event.request_id},
                   {"host", event.host},
                   {"outcome", ops::word(event.outcome)},
                   {"status", event.status},
                   {"tries", event.tries}});
    };
    return options;
}

int serve(const ops::Settings& settings, bool greeting) {
    const auto models = models_folder(settings);
    if (!models) return give_up(models.error());
    const ops::Log log(settings.log_level, std::cerr);
    StopSignals stop_signals(
        [&log](int signal) { log.event(LogLevel::info, "stopping", {{"signal", signal}}); });
    const std::size_t slots = choose_slots(settings, log);
    ops::SlotPool pool(slots, settings.max_queue, [&log](std::string_view what) {
        log.event(LogLevel::error, "fault", {{"what", what}});
    });
    ops::Webhooks webhooks(webhook_options(settings, log));
    const api::Observer observer = observer_of(log);
    api::Service service(
        FACEWARD_VERSION,
        {settings.approve_threshold, settings.decline_threshold, settings.liveness_threshold,
         settings.max_parts,
         [&webhooks](const std::string& url, const std::string& body,
                     const std::string& request_id) { webhooks.submit(url, body, request_id); }},
        pool, observer);

    console::Console console(service, console_facts(settings), observer.finished);
    const bool with_console = serves_console(settings);
    http::Application& application =
        with_console ? static_cast<http::Application&>(console) : service;
    http::Server server(server_options(settings), application);
    if (const auto started = server.start(); !started) return give_up(started.error());
    const std::string address = address_of(settings.host, server.port());
    log.event(LogLevel::info, "listening",
              {{"host", settings.host}, {"port", server.port()}, {"address", address}});

    EngineOptions options = engine_options(settings, slots, [&log](const std::string& what) {
        log.event(LogLevel::warn, "warning", {{"what", what}});
    });
    options.decoding.on_failure = [&log](std::string_view what) {
        log.event(LogLevel::error, "decoder", {{"what", what}});
    };
    if (!settings.sandbox)
        log.event(LogLevel::warn, "sandbox",
                  {{"what", "decoding processes are not locked in: the setting sandbox is off"}});
    auto engine = Engine::open(options);
    if (!engine) {
        server.stop();
        return give_up(engine.error().reason);
    }
    console.serve_with({engine->networks(), engine->profile()});
    service.serve_with(std::move(*engine));
    log.event(LogLevel::info, "ready",
              {{"profile", settings.profile}, {"version", FACEWARD_VERSION}});
    if (greeting) greet(address, with_console);

    const auto deadline = stop_signals.wait() + settings.shutdown_grace_ms;
    const std::size_t dropped = server.stop();
    pool.stop(time_until(deadline));
    webhooks.stop(time_until(deadline));
    log.event(LogLevel::info, "stopped", {{"dropped", dropped}});
    return 0;
}

}  // namespace

void add_serve(CLI::App& program, Run& run) {
    CLI::App* command =
        program.add_subcommand("serve", "Answer HTTP requests until SIGINT or SIGTERM");
    const auto source = std::make_shared<SettingsSource>(*command);
    const auto greeting = std::make_shared<bool>(false);
    command->add_flag("--greet", *greeting, "Print the address and some requests to try")
        ->group("Output");
    command->callback([&run, source, greeting] {
        run = [source, greeting] {
            const auto settings = source->load();
            return settings ? serve(*settings, *greeting) : give_up(settings.error());
        };
    });
}

}  // namespace faceward::app
