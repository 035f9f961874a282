#include "service/ops/webhook.hpp"

#include "service/ops/webhook_receiver_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace faceward::ops {
namespace {

using std::chrono::milliseconds;
using enum WebhookOutcome;
using Answer = WebhookReceiver::Answer;
using Request = WebhookReceiver::Request;

constexpr milliseconds long_enough{60'000};

WebhookReceiver::Answers always(unsigned status, std::string location = {}) {
    return [=](std::size_t, const Request&) { return Answer{status, location}; };
}

/// Webhooks whose events are kept.
class Sender {
  public:
    explicit Sender(WebhookOptions options) {
        options.on_event = [this](const WebhookEvent& event) {
            const std::scoped_lock lock(mutex_);
            events_.push_back(event);
            told_.notify_all();
        };
        webhooks_ = std::make_unique<Webhooks>(std::move(options));
    }

    Webhooks& operator*() { return *webhooks_; }
    Webhooks* operator->() { return webhooks_.get(); }

    /// Once there are so many.
    std::vector<WebhookEvent> events(std::size_t count) {
        std::unique_lock lock(mutex_);
        EXPECT_TRUE(told_.wait_for(lock, long_enough, [&] { return events_.size() >= count; }));
        return events_;
    }

    /// How one delivery ends.
    WebhookEvent outcome(const std::string& url, const std::string& body = "{}") {
        webhooks_->submit({url, body, "request-1", ""});
        return events(1).front();
    }

  private:
    std::mutex mutex_;
    std::condition_variable told_;
    std::vector<WebhookEvent> events_;
    std::unique_ptr<Webhooks> webhooks_;
};

WebhookOptions allowing(std::vector<std::string> allow) {
    return {.allow = std::move(allow),
            .secret = {},
            .timeout = long_enough,
            .first_pause = milliseconds(2),
            .on_event = {}};
}

void expect(const WebhookEvent& event, WebhookOutcome outcome, int status, int tries) {
    EXPECT_EQ(word(event.outcome), word(outcome));
    EXPECT_EQ(event.status, status);
    EXPECT_EQ(event.tries, tries);
}

TEST(Webhooks, tellOfADelivery) {
    WebhookReceiver receiver(always(204));
    Sender sender(allowing({"127.0.0.1"}));
    const WebhookEvent event = sender.outcome(receiver.url(), "{}");
    expect(event, delivered, 204, 1);
    EXPECT_EQ(event.request_id, "request-1");
    EXPECT_EQ(event.host, "127.0.0.1");
    ASSERT_EQ(receiver.requests().size(), 1U);
    EXPECT_EQ(receiver.requests().front().header("X-Request-ID"), "request-1");
}

TEST(Webhooks, tryAgainUntilTheyAreDelivered) {
    for (const unsigned status : {408U, 429U, 500U, 503U}) {
        WebhookReceiver receiver(
            [=](std::size_t before, const Request&) { return Answer{before < 2 ? status : 200U}; });
        Sender sender(allowing({"127.0.0.1"}));
        expect(sender.outcome(receiver.url()), delivered, 200, 3);
        EXPECT_EQ(receiver.requests().size(), 3U);
    }
}

TEST(Webhooks, giveUpAfterTheLastTryAfterGrowingPauses) {
    WebhookReceiver receiver(always(500));
    WebhookOptions options = allowing({"127.0.0.1"});
    options.first_pause = milliseconds(10);
    Sender sender(std::move(options));
    const auto begin = std::chrono::steady_clock::now();
    expect(sender.outcome(receiver.url()), failed, 500, 5);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(10 + 20 + 40 + 80));
    EXPECT_EQ(receiver.requests().size(), 5U);
}

TEST(Webhooks, takeOtherAnswersAsFinal) {
    for (const int status : {302, 400, 404}) {
        WebhookReceiver receiver(always(static_cast<unsigned>(status)));
        Sender sender(allowing({"127.0.0.1"}));
        expect(sender.outcome(receiver.url()), failed, status, 1);
        EXPECT_EQ(receiver.requests().size(), 1U);
    }
}

TEST(Webhooks, tryAgainWhenNothingListens) {
    std::string url;
    {
        const WebhookReceiver receiver(always(200));
        url = receiver.url();
    }
    WebhookOptions options = allowing({"127.0.0.1"});
    options.tries = 2;
    Sender sender(std::move(options));
    expect(sender.outcome(url), failed, 0, 2);
}

TEST(Webhooks, tryAgainAfterATimeout) {
    WebhookReceiver receiver(
        [](std::size_t before, const Request&) { return Answer{before < 1 ? 0U : 200U}; });
    WebhookOptions options = allowing({"127.0.0.1"});
    options.timeout = milliseconds(500);
    Sender sender(std::move(options));
    expect(sender.outcome(receiver.url()), delivered, 200, 2);
}

TEST(Webhooks, refuseWhatIsNotAllowed) {
    WebhookReceiver receiver(always(200));
    const struct {
        std::vector<std::string> allow;
        std::string url;
        const char* host;
    } cases[] = {
        {{}, receiver.url(), "127.0.0.1"},
        {{"hooks.example.com"}, receiver.url(), "127.0.0.1"},
        {{"127.0.0.1:1"}, receiver.url(), "127.0.0.1"},
        {{"*"}, receiver.url(), "127.0.0.1"},
        {{"*"}, "ftp://hooks.example.com/", ""},
        {{"*"}, "no URL", ""},
    };
    for (const auto& c : cases) {
        Sender sender(allowing(c.allow));
        EXPECT_FALSE(sender->is_allowed(c.url)) << c.url;
        EXPECT_FALSE(sender->submit({c.url, "{}", "request-1", ""})) << c.url;
        const WebhookEvent event = sender.events(1).front();
        expect(event, not_allowed, 0, 0);
        EXPECT_EQ(event.host, c.host);
    }
    EXPECT_EQ(receiver.requests().size(), 0U);
}

TEST(Webhooks, endWhenANameLeadsToAPrivateAddress) {
    WebhookReceiver receiver(always(200));
    Sender sender(allowing({"*"}));
    EXPECT_TRUE(sender->is_allowed(receiver.url("localhost")));
    expect(sender.outcome(receiver.url("localhost")), not_allowed, 0, 1);
    EXPECT_EQ(receiver.requests().size(), 0U);
}

TEST(Webhooks, refuseMoreThanMayWait) {
    WebhookReceiver receiver(always(0));
    WebhookOptions options = allowing({"127.0.0.1"});
    options.max_queue = 3;
    Sender sender(std::move(options));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(sender->submit({receiver.url(), "{}", "kept", ""}));
    EXPECT_FALSE(sender->submit({receiver.url(), "{}", "refused", ""}));
    const WebhookEvent event = sender.events(1).front();
    expect(event, queue_full, 0, 0);
    EXPECT_EQ(event.request_id, "refused");
}

TEST(Webhooks, areFinishedWithinTheGrace) {
    WebhookReceiver receiver(
        [](std::size_t before, const Request&) { return Answer{before < 1 ? 500U : 200U}; });
    WebhookOptions options = allowing({"127.0.0.1"});
    options.first_pause = milliseconds(100);
    Sender sender(std::move(options));
    EXPECT_TRUE(sender->submit({receiver.url(), "{}", "request-1", ""}));
    sender->stop(long_enough);
    expect(sender.events(1).front(), delivered, 200, 2);
}

TEST(Webhooks, areGivenUpAfterTheGrace) {
    WebhookReceiver receiver(always(0));
    Sender sender(allowing({"127.0.0.1"}));
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(sender->submit({receiver.url(), "{}", "request-1", ""}));
    receiver.wait_for_requests(2);
    const auto begin = std::chrono::steady_clock::now();
    sender->stop(milliseconds(50));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, long_enough / 2);
    int tries = 0;
    for (const WebhookEvent& event : sender.events(3)) {
        EXPECT_EQ(event.outcome, stopped);
        tries += event.tries;
    }
    EXPECT_EQ(tries, 2);
    EXPECT_FALSE(sender->submit({receiver.url(), "{}", "late", ""}));
    expect(sender.events(4).back(), stopped, 0, 0);
}

TEST(Webhooks, stopAtOnceWhenNothingIsDueWithinTheGrace) {
    WebhookReceiver receiver(always(500));
    WebhookOptions options = allowing({"127.0.0.1"});
    options.first_pause = std::chrono::hours(1);
    Sender sender(std::move(options));
    EXPECT_TRUE(sender->submit({receiver.url(), "{}", "request-1", ""}));
    receiver.wait_for_requests(1);
    const auto begin = std::chrono::steady_clock::now();
    sender->stop(long_enough);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, long_enough / 2);
    expect(sender.events(1).front(), stopped, 500, 1);
}

TEST(Webhooks, areDeliveredFromManyThreads) {
    WebhookReceiver receiver(always(200));
    Sender sender(allowing({"127.0.0.1"}));
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (int i = 0; i < 10; ++i)
                    EXPECT_TRUE(sender->submit({receiver.url(), "{}", "request-1", ""}));
            });
    }
    for (const WebhookEvent& event : sender.events(40)) expect(event, delivered, 200, 1);
    EXPECT_EQ(receiver.requests().size(), 40U);
}

}  // namespace
}  // namespace faceward::ops
