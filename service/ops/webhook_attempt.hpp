#pragma once

#include "service/ops/webhook.hpp"

#include <optional>
#include <stop_token>
#include <string>

namespace faceward::ops {

/// What came of one try.
struct WebhookAttempt {
    std::optional<WebhookOutcome> outcome;  ///< nothing: another try may do better
    int status = 0;                         ///< of the last answer; 0: none came
    std::string host;                       ///< called or refused last
};

/// Tries once to deliver a message, redirects included. Returns soon after `stop`.
WebhookAttempt attempt_webhook(const WebhookMessage& message, const WebhookOptions& options,
                               const std::stop_token& stop);

}  // namespace faceward::ops
