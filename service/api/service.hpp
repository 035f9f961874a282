#pragma once

#include "common/latest.hpp"
#include "engine/engine.hpp"
#include "service/api/pattern.hpp"
#include "service/api/readiness.hpp"
#include "service/api/routes.hpp"
#include "service/http/message.hpp"
#include "service/ops/slots.hpp"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace faceward::api {

/// What the service reports while it works; called from any thread, must not throw.
struct Observer {
    /// A method has worked; its answer is not sent yet.
    std::function<void(std::string_view route, const Outcomes&)> answered;
    /// An exchange is over: its answer has been sent, or could not be.
    std::function<void(const http::Exchange&, std::string_view route)> finished;
    /// Something went wrong that the caller of a request is not told.
    std::function<void(std::string_view request_id, std::string_view what)> fault;
};

/// The API on top of an engine: routes requests, admits them to the worker slots, and turns
/// whatever happens into one answer.
class Service final : public http::Application {
  public:
    Service(std::string core_version, Policy policy, ops::SlotPool& slots, Observer observer);

    /// Takes a tested engine with as many slots as the pool has; from now on the service is ready.
    /// Called once.
    void serve_with(Engine engine);

    /// Another policy, and for the engine other limits, times and rules (`Engine::change`). Each
    /// request has those of its beginning. Fails as the engine does, changing nothing. From any
    /// thread, after `serve_with`.
    Result<void> change(Policy policy, EngineOptions options);

    /// Whether the methods of a group answer. From any thread.
    bool is_ready(Group group) const;

    /// The engine's processes that decode; none before `serve_with`. From any thread.
    media::DecoderCounts decoders() const;

    void handle(http::Request request, http::Reply reply) override;
    http::Response refuse(http::FramingFault fault, const http::Request& request) override;
    void finished(const http::Exchange& exchange) override;

  private:
    http::Response answer_at_once(const Route& route, const http::Request& request);
    void admit(const Route& route, http::Request request, http::Reply reply);
    http::Response run(const Route& route, const http::Request& request, std::size_t slot);
    Readiness& readiness(Group group);
    void test_again(Group group);
    void judge_again(std::size_t slot);

    std::string core_version_;
    Latest<Policy> policy_;
    ops::SlotPool& slots_;
    Observer observer_;
    std::array<Readiness, 2> readiness_;  // of each group
    std::unique_ptr<Engine> engine_;      // set before `serving_`, never changed after
    std::atomic<bool> serving_ = false;
    std::atomic<bool> testing_ = false;
};

}  // namespace faceward::api
