#pragma once

#include "service/ops/words.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace faceward::ops {

/// How a delivery ended.
enum class WebhookOutcome {
    delivered,    ///< answered 2xx
    failed,       ///< a final answer, or no good one within the tries
    not_allowed,  ///< the URL, a redirect or the address of its host is none that may be called
    queue_full,   ///< refused: as many deliveries as may wait did
    stopped,      ///< refused or given up: the server was stopping
};

template <>
inline constexpr std::array<std::string_view, 5> words<WebhookOutcome>{
    "delivered", "failed", "not_allowed", "queue_full", "stopped"};

/// What is to be delivered.
struct WebhookMessage {
    std::string url;
    std::string body;         ///< JSON
    std::string request_id;   ///< its printable ASCII is sent
    std::string traceparent;  ///< the same, if it is not empty
};

/// The end of a delivery. It tells neither the body nor the URL's path and query.
struct WebhookEvent {
    std::string request_id;
    std::string host;  ///< called or refused last; empty for what is no URL that may be called
    WebhookOutcome outcome;
    int status;  ///< of the last answer, 0 if none came
    int tries;   ///< begun
};

struct WebhookOptions {
    std::vector<std::string> allow;                ///< as `permission` in webhook_url.hpp reads it
    std::string secret;                            ///< key of the signature; empty: none is sent
    int tries = 5;                                 ///< at least 1
    std::chrono::milliseconds timeout{10'000};     ///< of a try, redirects included
    std::chrono::milliseconds first_pause{1'000};  ///< between tries; each further one is doubled
    std::size_t max_queue = 1'000;                 ///< deliveries that are not at their end
    /// Told the end of each delivery and each refusal, on any thread; must not throw.
    std::function<void(const WebhookEvent&)> on_event;
};

/// Delivers JSON by HTTP POST to hosts that the operator has listed, and tries again after a pause
/// when there is no answer, or 408, 429 or 5xx; other answers are final. Redirects of 307 and 308
/// are followed, at most three, if their targets may be called too.
///
/// A request carries `X-Request-ID`, where there is one `traceparent` (W3C Trace Context),
/// `X-Faceward-Timestamp` (Unix seconds of the try) and, with a secret, `X-Faceward-Signature:
/// sha256=<hex>`: HMAC-SHA256 over "<timestamp>.<body>".
///
/// Thread safety: any thread at any time.
class Webhooks {
  public:
    /// Throws std::runtime_error when libcurl, std::system_error when threads cannot be had.
    explicit Webhooks(WebhookOptions options);
    /// Stops without grace.
    ~Webhooks();
    Webhooks(const Webhooks&) = delete;
    Webhooks& operator=(const Webhooks&) = delete;

    /// Whether a URL may be called, as far as can be said before its host is resolved.
    bool is_allowed(std::string_view url) const;

    /// Queues a delivery. False, after telling `on_event`, if it is refused.
    bool submit(WebhookMessage message);

    /// Deliveries that are not at their end.
    std::size_t pending() const;

    /// Refuses new deliveries, gives those that are due within `grace` that time, gives up the
    /// rest, and ends the threads. Not from `on_event`.
    void stop(std::chrono::milliseconds grace);

  private:
    using Clock = std::chrono::steady_clock;
    using Lock = std::unique_lock<std::mutex>;

    struct Delivery {
        WebhookMessage message;
        std::string host;  ///< as in WebhookEvent, as are the others
        int status = 0;
        int tries = 0;
    };

    std::optional<WebhookOutcome> enqueue(Delivery& delivery);
    void serve(const std::stop_token& stop);
    std::optional<Delivery> next(Lock& lock, const std::stop_token& stop);
    Clock::time_point first_due() const;
    std::optional<std::chrono::milliseconds> try_once(Delivery& delivery,
                                                      const std::stop_token& stop) const;
    void tell(const Delivery& delivery, WebhookOutcome outcome) const;

    const WebhookOptions options_;

    mutable std::mutex mutex_;                          // guards everything below
    std::condition_variable_any wake_;                  // a delivery is queued
    std::condition_variable idle_;                      // a try has ended
    std::multimap<Clock::time_point, Delivery> queue_;  // by when it is due
    std::size_t busy_ = 0;                              // deliveries being tried
    bool stopping_ = false;

    std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace faceward::ops
