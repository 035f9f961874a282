#include "service/api/service.hpp"

#include "service/api/views.hpp"

#include <chrono>

namespace faceward::api {
namespace {

constexpr std::string_view no_liveness =
    "presentation attack detection is not part of this version";

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

}  // namespace

Service::Service(std::string core_version, Policy policy, ops::SlotPool& slots, Observer observer)
    : core_version_(std::move(core_version)),
      policy_(policy),
      slots_(slots),
      observer_(std::move(observer)) {}

void Service::serve_with(Engine engine) {
    engine_ = std::make_unique<Engine>(std::move(engine));
    serving_ = true;
    readiness_.passed();
}

void Service::handle(http::Request request, http::Reply reply) {
    const auto route = find_route(request.method, request.path);
    if (!route) return reply(error_response(group_of(request.path), route.error()));
    if ((*route)->place == Place::at_once) return reply(answer_at_once(**route, request));
    admit(**route, std::move(request), std::move(reply));
}

http::Response Service::answer_at_once(const Route& route, const http::Request& request) {
    switch (route.method) {
        case Method::version:
            return version_view(
                core_version_, model::Runtime::version(),
                serving_ ? engine_->networks() : std::vector<model::NetworkEntry>{});
        case Method::pattern_health: {
            const Readiness::State state = readiness_.state();
            return health_view(state.ready, state.why_not);
        }
        case Method::liveness_health:
            return health_view(false, no_liveness);
        case Method::liveness_detect:
            return error_response(route.group, {Refusal::inference, {}});
        case Method::pattern:
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
        job->reply(error_response(route.group, {Refusal::overloaded, "all workers are busy"}));
}

http::Response Service::run(const Route& route, const http::Request& request, std::size_t slot) {
    if (!readiness_.state().ready) {
        if (serving_) test_again();
        return error_response(route.group, {Refusal::inference, {}});
    }
    try {
        Work work{*engine_, slots_, slot, policy_};
        auto answer = route.biometry(request, work);
        if (answer) return std::move(*answer);
        if (answer.error().refusal == Refusal::inference) {
            readiness_.failed("the inference engine failed and is being tested");
            observer_.fault(request.id, "the inference engine failed");
            test_again();
        }
        return error_response(route.group, answer.error());
    } catch (const std::exception& error) {
        observer_.fault(request.id, error.what());
        return error_response(route.group, {Refusal::internal, {}});
    }
}

void Service::test_again() {
    if (testing_.exchange(true)) return;
    const bool submitted = slots_.submit([this](std::size_t slot) {
        const auto tested = engine_->self_test(slot);
        if (tested)
            readiness_.passed();
        else
            readiness_.failed("the self-test failed");
        testing_ = false;
    });
    if (!submitted) testing_ = false;
}

http::Response Service::refuse(http::FramingFault fault, const http::Request& request) {
    const auto refusal = [&] {
        switch (fault) {
            case http::FramingFault::header_too_large:
                return Refusal::header_too_large;
            case http::FramingFault::body_too_large:
                return Refusal::body_too_large;
            case http::FramingFault::too_slow:
                return Refusal::too_slow;
            case http::FramingFault::malformed:
                break;
        }
        return Refusal::malformed;
    }();
    return error_response(group_of(request.path), {refusal, {}});
}

void Service::finished(const http::Exchange& exchange) {
    observer_.finished(exchange, route_name(exchange.request.path));
}

}  // namespace faceward::api
