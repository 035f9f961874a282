#include "app/watching.hpp"

#include "engine/model/runtime.hpp"
#include "engine/template/kernels.hpp"
#include "service/api/error_table.hpp"

#include <string>
#include <utility>
#include <vector>

namespace faceward::app {
namespace {

using ops::LogLevel;

/// The value of a response's note, or nothing.
std::string_view note(const http::Response& response, std::string_view name) {
    for (const auto& [known, value] : response.notes)
        if (known == name) return value;
    return {};
}

std::string_view word(media::Kind kind) {
    switch (kind) {
        case media::Kind::picture:
            return "picture";
        case media::Kind::video:
            return "video";
        case media::Kind::archive:
            break;
    }
    return "archive";
}

}  // namespace

Watching::Watching(const ops::Log& log)
    : log_(log), metrics_({api::refusal_words(), media::decoder_failure_words}) {}

api::Observer Watching::observer() {
    return {
        [this](std::string_view route, const api::Outcomes& outcomes) {
            answered(route, outcomes);
        },
        [this](const http::Exchange& exchange, std::string_view route) {
            finished(exchange, route);
        },
        [this](std::string_view request_id, std::string_view what) { fault(request_id, what); }};
}

void Watching::serving(const Engine& engine) {
    metrics_.build(FACEWARD_VERSION, model::Runtime::version(), engine.profile().name,
                   templates::widest_kernel().name);
    for (const model::NetworkEntry& network : engine.networks())
        metrics_.model(network.name, network.version, model::to_string(network.role),
                       network.licence);
}

void Watching::answered(std::string_view route, const api::Outcomes& outcomes) {
    metrics_.comparisons(route, outcomes.comparisons);
    for (const api::MediumOutcome& medium : outcomes.media)
        metrics_.liveness(word(medium.kind), medium.attack_probability, medium.passed);
}

void Watching::finished(const http::Exchange& exchange, std::string_view route) {
    const http::Response& response = exchange.response;
    std::vector<std::pair<std::string, double>> stages{
        {"read", exchange.read_ms}, {"handle", exchange.handle_ms}, {"write", exchange.write_ms}};
    stages.insert(stages.end(), response.stages_ms.begin(), response.stages_ms.end());
    const auto trace = exchange.request.trace.value_or(http::TraceContext());
    const ops::RequestEvent event{exchange.request.id,
                                  trace.trace_id,
                                  trace.parent_id,
                                  trace.span_id,
                                  exchange.request.method,
                                  route,
                                  response.status,
                                  note(response, "code"),
                                  note(response, "reason"),
                                  exchange.bytes_in,
                                  exchange.bytes_out,
                                  exchange.delivered,
                                  stages};
    log_.request(event);
    metrics_.request(event);
    if (const auto what = note(response, "fault"); !what.empty()) fault(exchange.request.id, what);
}

void Watching::decoder_failed(media::DecoderFailure failure, std::string_view what) {
    const std::string_view kind = media::to_string(failure);
    log_.event(LogLevel::error, "decoder", {{"failure", kind}, {"what", what}});
    metrics_.decoder_failed(kind);
}

void Watching::webhook_ended(const ops::WebhookEvent& event) {
    const bool delivered = event.outcome == ops::WebhookOutcome::delivered;
    log_.event(delivered ? LogLevel::info : LogLevel::warn, "webhook",
               {{"request_id", event.request_id},
                {"host", event.host},
                {"outcome", ops::word(event.outcome)},
                {"status", event.status},
                {"tries", event.tries}});
    metrics_.webhook_ended(ops::word(event.outcome));
}

void Watching::fault(std::string_view request_id, std::string_view what) {
    ops::Log::Fields fields = ops::Log::Fields::object();
    if (!request_id.empty()) fields["request_id"] = request_id;
    fields["what"] = what;
    log_.event(LogLevel::error, "fault", fields);
    metrics_.fault();
}

}  // namespace faceward::app
