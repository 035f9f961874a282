#pragma once

#include "engine/engine.hpp"
#include "service/api/form.hpp"
#include "service/api/outcomes.hpp"
#include "service/http/message.hpp"
#include "service/ops/slots.hpp"

#include <functional>
#include <string>

namespace faceward::api {

/// An answer that its request wants to be taken elsewhere, too.
struct Notice {
    std::string url;
    std::string body;
    std::string request_id;
    std::string traceparent;  ///< of this server's part of the client's trace; or empty
};

/// What the operator has decided about requests and scores.
struct Policy {
    double approve_threshold = 0.85;
    double decline_threshold = 0.5;
    double liveness_threshold = 0.5;  ///< a higher attack probability does not pass
    bool require_gestures = false;  ///< one that a medium's tags name and that is not made declines
    std::size_t max_parts = 20000;
    /// Takes an answer to the address that its request named; does nothing where the operator has
    /// not allowed it. Called after the answer is sent, from any thread; must not block or throw.
    std::function<void(const Notice&)> notify;
};

/// Where a method runs: an engine, the worker slot that is its own for the time, and the slots
/// beside it.
struct Work {
    Engine& engine;
    ops::SlotPool& slots;
    std::size_t slot;
    const Policy& policy;
    const http::Request& request;  ///< for which it is done
    Outcomes& outcomes;            ///< to which a method adds what it answers
};

/// The biometry methods of the protocol: a request in, the published answer out.
Answer<http::Response> extract(const http::Request& request, Work& work);
Answer<http::Response> compare(const http::Request& request, Work& work);
Answer<http::Response> verify(const http::Request& request, Work& work);
Answer<http::Response> extract_and_compare(const http::Request& request, Work& work);
Answer<http::Response> compare_n(const http::Request& request, Work& work);
Answer<http::Response> verify_n(const http::Request& request, Work& work);
Answer<http::Response> extract_and_compare_n(const http::Request& request, Work& work);

}  // namespace faceward::api
