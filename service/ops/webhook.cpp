#include "service/ops/webhook.hpp"

#include "service/ops/webhook_attempt.hpp"
#include "service/ops/webhook_post.hpp"
#include "service/ops/webhook_url.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <utility>

namespace faceward::ops {
namespace {

constexpr int thread_count = 2;

/// Writing to a connection that its peer has closed must be an error of the write, not the end of
/// the process: OpenSSL writes without MSG_NOSIGNAL.
void block_broken_pipe_signal() {
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

std::string host_of(std::string_view url) {
    const auto target = parse_webhook_url(url);
    return target ? target->host : "";
}

/// An exception is a lack of memory, which may pass.
WebhookAttempt attempt(const WebhookMessage& message, const WebhookOptions& options,
                       const std::stop_token& stop) {
    try {
        return attempt_webhook(message, options, stop);
    } catch (const std::exception&) {
        return {};
    }
}

/// After so many tries: 1, 2, 4 … times the first one.
std::chrono::milliseconds pause(std::chrono::milliseconds first, int tries) {
    constexpr int most_doublings = 16;
    return first * (std::int64_t{1} << std::clamp(tries - 1, 0, most_doublings));
}

}  // namespace

Webhooks::Webhooks(WebhookOptions options) : options_(std::move(options)) {
    prepare_posts();
    for (int i = 0; i < thread_count; ++i)
        threads_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
}

Webhooks::~Webhooks() { stop(std::chrono::milliseconds(0)); }

bool Webhooks::is_allowed(std::string_view url) const {
    const auto target = parse_webhook_url(url);
    return target && permission(*target, options_.allow) != Permission::none;
}

bool Webhooks::submit(WebhookMessage message) {
    Delivery delivery{.message = std::move(message), .host = {}};
    delivery.host = host_of(delivery.message.url);
    const auto refusal = enqueue(delivery);
    if (refusal) tell(delivery, *refusal);
    return !refusal;
}

std::size_t Webhooks::pending() const {
    const std::scoped_lock lock(mutex_);
    return queue_.size() + busy_;
}

void Webhooks::stop(std::chrono::milliseconds grace) {
    const auto deadline = Clock::now() + grace;
    std::vector<std::jthread> threads;
    {
        Lock lock(mutex_);
        stopping_ = true;
        idle_.wait_until(lock, deadline, [&] { return busy_ == 0 && first_due() > deadline; });
        threads.swap(threads_);
    }
    for (std::jthread& thread : threads) thread.request_stop();
    threads.clear();
    std::multimap<Clock::time_point, Delivery> given_up;
    {
        const std::scoped_lock lock(mutex_);
        given_up.swap(queue_);
    }
    for (const auto& [due, delivery] : given_up) tell(delivery, WebhookOutcome::stopped);
}

/// Takes the delivery, or says why not.
std::optional<WebhookOutcome> Webhooks::enqueue(Delivery& delivery) {
    if (!is_allowed(delivery.message.url)) return WebhookOutcome::not_allowed;
    {
        const std::scoped_lock lock(mutex_);
        if (stopping_) return WebhookOutcome::stopped;
        if (queue_.size() + busy_ >= options_.max_queue) return WebhookOutcome::queue_full;
        queue_.emplace(Clock::now(), std::move(delivery));
    }
    wake_.notify_one();
    return std::nullopt;
}

void Webhooks::serve(const std::stop_token& stop) {
    block_broken_pipe_signal();
    Lock lock(mutex_);
    while (auto delivery = next(lock, stop)) {
        ++busy_;
        lock.unlock();
        const auto again_after = try_once(*delivery, stop);
        lock.lock();
        --busy_;
        if (again_after) queue_.emplace(Clock::now() + *again_after, std::move(*delivery));
        idle_.notify_all();
        wake_.notify_all();  // the other thread may be waiting for one that is due later
    }
}

/// Waits for a delivery to be due. Nothing after `stop`.
std::optional<Webhooks::Delivery> Webhooks::next(Lock& lock, const std::stop_token& stop) {
    constexpr std::chrono::hours longest_wait(1);
    while (!stop.stop_requested()) {
        const auto now = Clock::now();
        if (first_due() <= now) return std::move(queue_.extract(queue_.begin()).mapped());
        const auto until = std::min(first_due(), now + longest_wait);
        wake_.wait_until(lock, stop, until, [&] { return first_due() < until; });
    }
    return std::nullopt;
}

Webhooks::Clock::time_point Webhooks::first_due() const {
    return queue_.empty() ? Clock::time_point::max() : queue_.begin()->first;
}

/// Gives the pause after which to try again; nothing at the delivery's end, of which it has told.
std::optional<std::chrono::milliseconds> Webhooks::try_once(Delivery& delivery,
                                                            const std::stop_token& stop) const {
    ++delivery.tries;
    const WebhookAttempt result = attempt(delivery.message, options_, stop);
    delivery.status = result.status;
    delivery.host = result.host;
    const bool again =
        !result.outcome && (delivery.tries < options_.tries || stop.stop_requested());
    if (again) return pause(options_.first_pause, delivery.tries);
    tell(delivery, result.outcome.value_or(WebhookOutcome::failed));
    return std::nullopt;
}

void Webhooks::tell(const Delivery& delivery, WebhookOutcome outcome) const {
    if (!options_.on_event) return;
    options_.on_event({.request_id = delivery.message.request_id,
                       .host = delivery.host,
                       .outcome = outcome,
                       .status = delivery.status,
                       .tries = delivery.tries});
}

}  // namespace faceward::ops
