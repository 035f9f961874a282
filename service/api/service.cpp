#include "service/api/service.hpp"

#include "service/api/documents.hpp"
#include "service/api/views.hpp"

#include <chrono>
#include <utility>

namespace faceward::api {
namespace {

constexpr std::string_view no_liveness =
    "the model pack has no networks to tell presentation attacks";

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

ApiError refusal_of(http::FramingFault fault) {
    switch (fault) {
        case http::FramingFault::header_too_large:
            return {Refusal::header_too_large, {}};
        case http::FramingFault::body_too_large:
            return {Refusal::body_too_large, {}};
        case http::FramingFault::too_slow:
            return {Refusal::too_slow, {}};
        case http::FramingFault::no_room:
            return {Refusal::overloaded, "too many request bodies are held already",
                    Cause::no_body_memory};
        case http::FramingFault::stopping:
            return {Refusal::overloaded, "the server is stopping", Cause::stopping};
        case http::FramingFault::malformed:
            break;
    }
    return {Refusal::malformed, {}};
}

bool is_answered_at_once(const Route& route, const http::Request& request) {
    return route.place == Place::at_once ||
           (route.place == Place::at_once_when_small && request.body.size() <= small_body_bytes);
}

}  // namespace

Service::Service(std::string core_version, Policy policy, ops::SlotPool& slots, Observer observer)
    : core_version_(std::move(core_version)),
      policy_(std::move(policy)),
      slots_(slots),
      observer_(std::move(observer)) {}

void Service::serve_with(Engine engine) {
    engine_ = std::make_unique<Engine>(std::move(engine));
    // Judging is a group of its own: where it does not work, comparing still does. It is tried
    // before anybody else may use a slot.
    judge_again(0);
    serving_ = true;
    readiness(Group::pattern).passed();
}

Result<void> Service::change(Policy policy, EngineOptions options) {
    if (auto changed = engine_->change(std::move(options)); !changed) return changed;
    policy_.set(std::move(policy));
    return {};
}

bool Service::is_ready(Group group) const {
    return readiness_.at(static_cast<std::size_t>(group)).state().ready;
}

media::DecoderCounts Service::decoders() const {
    return serving_ ? engine_->decoders() : media::DecoderCounts{};
}

void Service::judge_again(std::size_t slot) {
    Readiness& liveness = readiness(Group::liveness);
    if (!engine_->can_judge()) return liveness.failed(std::string(no_liveness));
    if (const auto tested = engine_->liveness_self_test(slot); !tested) {
        liveness.failed("the self-test failed");
        observer_.fault({}, "liveness self-test: " + tested.error().reason);
    } else {
        liveness.passed();
    }
}

void Service::handle(http::Request request, http::Reply reply) {
    const auto route = find_route(request.method, request.path);
    if (!route) return reply(error_response(group_of(request.path), route.error()));
    if (is_answered_at_once(**route, request)) return reply(answer_at_once(**route, request));
    admit(**route, std::move(request), std::move(reply));
}

http::Response Service::answer_at_once(const Route& route, const http::Request& request) {
    switch (route.method) {
        case Method::version:
            return version_view(
                core_version_, model::Runtime::version(),
                serving_ ? engine_->networks() : std::vector<model::NetworkEntry>{});
        case Method::health: {
            const Readiness::State state = readiness(route.group).state();
            return health_view(state.ready, state.why_not);
        }
        case Method::document:
            return pages::asset_response(*pages::find_asset(documents(), route.path),
                                         request.header("If-None-Match"));
        case Method::work:
            break;
    }
    // Methods that are answered at once never touch their slot's networks.
    return run(route, request, 0);
}

void Service::admit(const Route& route, http::Request request, http::Reply reply) {
    struct Job {
        http::Request request;
        http::Reply reply;
    };
    const auto job = std::make_shared<Job>(Job{std::move(request), std::move(reply)});
    const auto queued = std::chrono::steady_clock::now();
    const bool admitted = slots_.submit([this, &route, job, queued](std::size_t slot) {
        const double waited = milliseconds_since(queued);
        http::Response response = run(route, job->request, slot);
        response.stages_ms.insert(response.stages_ms.begin(), {"queue", waited});
        job->reply(std::move(response));
    });
    if (!admitted)
        job->reply(error_response(
            route.group, {Refusal::overloaded, "all workers are busy", Cause::queue_full}));
}

http::Response Service::run(const Route& route, const http::Request& request, std::size_t slot) {
    if (!readiness(route.group).state().ready) {
        if (serving_) test_again(route.group);
        return error_response(route.group, {Refusal::inference, {}});
    }
    if (request.is_abandoned())
        return error_response(route.group,
                              {Refusal::overloaded, "the client has left", Cause::client_left});
    try {
        Outcomes outcomes;
        const auto policy = policy_.get();
        Work work{*engine_, slots_, slot, *policy, request, outcomes};
        auto answer = route.work(request, work);
        if (answer) {
            observer_.answered(route.path, outcomes);
            return std::move(*answer);
        }
        if (answer.error().refusal == Refusal::inference) {
            readiness(route.group).failed("the inference engine failed and is being tested");
            observer_.fault(request.id, "the inference engine failed");
            test_again(route.group);
        }
        return error_response(route.group, answer.error());
    } catch (const std::exception& error) {
        observer_.fault(request.id, error.what());
        return error_response(route.group, {Refusal::internal, {}});
    }
}

Readiness& Service::readiness(Group group) {
    return readiness_.at(static_cast<std::size_t>(group));
}

void Service::test_again(Group group) {
    if (group == Group::liveness && !engine_->can_judge()) return;
    if (testing_.exchange(true)) return;
    const bool submitted = slots_.submit([this, group](std::size_t slot) {
        if (group == Group::liveness)
            judge_again(slot);
        else if (const auto tested = engine_->self_test(slot); tested)
            readiness(group).passed();
        else
            readiness(group).failed("the self-test failed");
        testing_ = false;
    });
    if (!submitted) testing_ = false;
}

http::Response Service::refuse(http::FramingFault fault, const http::Request& request) {
    return error_response(group_of(request.path), refusal_of(fault));
}

void Service::finished(const http::Exchange& exchange) {
    observer_.finished(exchange, route_name(exchange.request.path));
    if (exchange.response.after_sent) exchange.response.after_sent();
}

}  // namespace faceward::api
