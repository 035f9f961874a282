#include "service/ops/webhook_attempt.hpp"

#include "service/ops/webhook_post.hpp"
#include "service/ops/webhook_signature.hpp"
#include "service/ops/webhook_url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace faceward::ops {
namespace {

constexpr int most_redirects = 3;

/// What can stand in a header: a line break would begin another one.
std::string printable(std::string_view text) {
    std::string kept;
    std::ranges::copy_if(text, std::back_inserter(kept),
                         [](unsigned char c) { return c > ' ' && c < 0x7F; });
    return kept;
}

std::vector<std::string> headers(const WebhookMessage& message, const std::string& secret) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto timestamp = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    std::vector<std::string> lines{
        "Content-Type: application/json",
        fmt::format("X-Request-ID: {}", printable(message.request_id)),
        fmt::format("X-Faceward-Timestamp: {}", timestamp),
    };
    if (!message.traceparent.empty())
        lines.push_back(fmt::format("traceparent: {}", printable(message.traceparent)));
    if (!secret.empty())
        lines.push_back(
            fmt::format("X-Faceward-Signature: sha256={}",
                        hmac_sha256(secret, fmt::format("{}.{}", timestamp, message.body))));
    return lines;
}

std::optional<WebhookOutcome> judge(const WebhookAnswer& answer) {
    if (answer.address_refused) return WebhookOutcome::not_allowed;
    if (answer.status / 100 == 2) return WebhookOutcome::delivered;
    const bool may_pass =
        answer.status == 0 || answer.status == 408 || answer.status == 429 || answer.status >= 500;
    return may_pass ? std::nullopt : std::optional(WebhookOutcome::failed);
}

/// Whether an answer sends the same POST elsewhere.
bool is_redirect(const WebhookAnswer& answer) {
    return (answer.status == 307 || answer.status == 308) && !answer.location.empty();
}

/// One try on its way from target to target.
class Way {
  public:
    Way(const WebhookMessage& message, const WebhookOptions& options)
        : options_(options),
          headers_(headers(message, options.secret)),
          body_(message.body),
          deadline_(Clock::now() + options.timeout) {}

    /// Whether `url` may be called, after the targets before it.
    bool enter(const std::string& url) {
        const auto before = std::exchange(target_, parse_webhook_url(url));
        if (!target_) return false;
        permission_ = permission(*target_, options_.allow);
        return permission_ != Permission::none && (!before || may_redirect(*before, *target_));
    }

    /// Calls the target that was entered last.
    WebhookAnswer call(const std::stop_token& stop) const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now());
        return send_post({.url = target_->url,
                          .body = body_,
                          .headers = headers_,
                          .public_addresses_only = permission_ != Permission::any_address,
                          .timeout = left},
                         stop);
    }

    std::string host() const { return target_ ? target_->host : ""; }

  private:
    using Clock = std::chrono::steady_clock;

    const WebhookOptions& options_;
    const std::vector<std::string> headers_;
    const std::string& body_;
    const Clock::time_point deadline_;
    std::optional<WebhookTarget> target_;
    Permission permission_ = Permission::none;
};

}  // namespace

WebhookAttempt attempt_webhook(const WebhookMessage& message, const WebhookOptions& options,
                               const std::stop_token& stop) {
    Way way(message, options);
    WebhookAnswer answer{.status = 0, .location = message.url};
    for (int calls = 0; calls <= most_redirects; ++calls) {
        if (!way.enter(answer.location))
            return {WebhookOutcome::not_allowed, answer.status, way.host()};
        answer = way.call(stop);
        if (!is_redirect(answer)) break;
    }
    return {judge(answer), answer.status, way.host()};
}

}  // namespace faceward::ops
