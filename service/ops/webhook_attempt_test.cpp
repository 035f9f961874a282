#include "service/ops/webhook_attempt.hpp"

#include "service/ops/webhook_post.hpp"
#include "service/ops/webhook_receiver_test.hpp"
#include "service/ops/webhook_signature.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace faceward::ops {
namespace {

using enum WebhookOutcome;
using Answer = WebhookReceiver::Answer;
using Request = WebhookReceiver::Request;

WebhookReceiver::Answers always(unsigned status, std::string location = {}) {
    return [=](std::size_t, const Request&) { return Answer{status, location}; };
}

WebhookAttempt attempt(const WebhookMessage& message, std::vector<std::string> allow,
                       std::string secret = {}) {
    prepare_posts();
    return attempt_webhook(message,
                           {.allow = std::move(allow),
                            .secret = std::move(secret),
                            .timeout = std::chrono::minutes(1),
                            .on_event = {}},
                           {});
}

WebhookAttempt attempt(const std::string& url, std::vector<std::string> allow) {
    return attempt({url, R"({"a":1})", "request-1", ""}, std::move(allow));
}

void expect(const WebhookAttempt& attempt, std::optional<WebhookOutcome> outcome, int status) {
    EXPECT_EQ(attempt.outcome, outcome);
    EXPECT_EQ(attempt.status, status);
}

TEST(WebhookAttempt, isSignedJson) {
    WebhookReceiver receiver(always(204));
    const std::string body = R"({"score":0.9})" + std::string(2000, ' ');
    expect(attempt({receiver.url(), body, "request-1", "00-t-s-01"}, {"127.0.0.1"}, "open sesame"),
           delivered, 204);

    ASSERT_EQ(receiver.requests().size(), 1U);
    const Request request = receiver.requests().front();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/hook?token=1");
    EXPECT_EQ(request.body, body);
    EXPECT_EQ(request.header("Host"), "127.0.0.1:" + receiver.port());
    EXPECT_EQ(request.header("Content-Type"), "application/json");
    EXPECT_EQ(request.header("X-Request-ID"), "request-1");
    EXPECT_EQ(request.header("traceparent"), "00-t-s-01");
    EXPECT_EQ(request.header("Expect"), "");
    const std::string timestamp = request.header("X-Faceward-Timestamp");
    EXPECT_NEAR(std::stod(timestamp), static_cast<double>(std::time(nullptr)), 60);
    std::string signed_text = timestamp;
    signed_text += "." + body;
    EXPECT_EQ(request.header("X-Faceward-Signature"),
              "sha256=" + hmac_sha256("open sesame", signed_text));
}

TEST(WebhookAttempt, isNotSignedWithoutASecret) {
    WebhookReceiver receiver(always(200));
    expect(attempt(receiver.url(), {"127.0.0.1"}), delivered, 200);
    EXPECT_EQ(receiver.requests().front().header("X-Faceward-Signature"), "");
    EXPECT_EQ(receiver.requests().front().header("traceparent"), "");
}

TEST(WebhookAttempt, mayHaveNoBodyAndNoRequestId) {
    WebhookReceiver receiver(always(200));
    expect(attempt({receiver.url(), "", "", ""}, {"127.0.0.1"}), delivered, 200);
    EXPECT_EQ(receiver.requests().front().method, "POST");
    EXPECT_EQ(receiver.requests().front().body, "");
}

TEST(WebhookAttempt, hasNoHeaderThatARequestIdSmugglesIn) {
    WebhookReceiver receiver(always(200));
    expect(attempt({receiver.url(), "{}", "a\r\nX-Evil: b\xFF", ""}, {"127.0.0.1"}), delivered,
           200);
    EXPECT_EQ(receiver.requests().front().header("X-Request-ID"), "aX-Evil:b");
    EXPECT_EQ(receiver.requests().front().header("X-Evil"), "");
}

TEST(WebhookAttempt, usesNoProxyOfTheEnvironment) {
    for (const char* name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
        setenv(name, "http://127.0.0.1:1", 1);
    WebhookReceiver receiver(always(200));
    expect(attempt(receiver.url(), {"127.0.0.1"}), delivered, 200);
    for (const char* name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) unsetenv(name);
}

TEST(WebhookAttempt, isJudgedByItsAnswer) {
    const struct {
        std::optional<WebhookOutcome> outcome;
        std::vector<unsigned> statuses;
    } cases[] = {
        {delivered, {200, 201, 202, 204}},
        {failed, {300, 304, 305, 307, 308, 400, 401, 403, 404, 410, 422}},
        {std::nullopt, {408, 429, 500, 502, 503, 504}},
    };
    for (const auto& c : cases)
        for (const unsigned status : c.statuses) {
            WebhookReceiver receiver(always(status));
            expect(attempt(receiver.url(), {"127.0.0.1"}), c.outcome, static_cast<int>(status));
        }
}

TEST(WebhookAttempt, mayBeRepeatedWhenNothingListens) {
    std::string url;
    {
        const WebhookReceiver receiver(always(200));
        url = receiver.url();
    }
    expect(attempt(url, {"127.0.0.1"}), std::nullopt, 0);
}

TEST(WebhookAttempt, callsNoPrivateAddressBehindAName) {
    WebhookReceiver receiver(always(200));
    for (const auto& [entry, host] :
         {std::pair("*", "localhost"), {"*.localhost", "a.localhost"}}) {
        const WebhookAttempt result = attempt(receiver.url(host), {entry});
        expect(result, not_allowed, 0);
        EXPECT_EQ(result.host, host);
    }
    EXPECT_EQ(receiver.requests().size(), 0U);
}

TEST(WebhookAttempt, callsAPrivateAddressOfAListedName) {
    WebhookReceiver receiver(always(200));
    expect(attempt(receiver.url("LocalHost"), {"localhost:" + receiver.port()}), delivered, 200);
}

TEST(WebhookAttempt, followsRedirectsOfAPost) {
    WebhookReceiver receiver([](std::size_t before, const Request&) {
        return before < 3 ? Answer{before == 1 ? 307U : 308U, "/moved"} : Answer{200};
    });
    expect(attempt(receiver.url(), {"127.0.0.1"}), delivered, 200);
    const auto requests = receiver.requests();
    ASSERT_EQ(requests.size(), 4U);
    EXPECT_EQ(requests[3].method, "POST");
    EXPECT_EQ(requests[3].target, "/moved");
    EXPECT_EQ(requests[3].body, R"({"a":1})");
    EXPECT_EQ(requests[3].header("X-Request-ID"), "request-1");
}

TEST(WebhookAttempt, followsNoMoreThanThreeRedirects) {
    WebhookReceiver receiver(always(307, "/again"));
    expect(attempt(receiver.url(), {"127.0.0.1"}), failed, 307);
    EXPECT_EQ(receiver.requests().size(), 4U);
}

TEST(WebhookAttempt, followsNoOtherRedirects) {
    for (const unsigned status : {301U, 302U, 303U}) {
        WebhookReceiver receiver(always(status, "/moved"));
        expect(attempt(receiver.url(), {"127.0.0.1"}), failed, static_cast<int>(status));
        EXPECT_EQ(receiver.requests().size(), 1U);
    }
}

TEST(WebhookAttempt, followsNoRedirectToWhatIsNotAllowed) {
    WebhookReceiver other(always(200));
    const struct {
        std::string location;
        int status;
        const char* host;
    } cases[] = {
        {other.url(), 307, "127.0.0.1"},
        {other.url("localhost"), 0, "localhost"},  // refused when its address is known
        {"file:///etc/passwd", 307, ""},
        {"http:" + ("//user@127.0.0.1:" + other.port()), 307, ""},
    };
    for (const auto& c : cases) {
        WebhookReceiver receiver(always(307, c.location));
        const WebhookAttempt result =
            attempt(receiver.url(), {"127.0.0.1:" + receiver.port(), "*"});
        expect(result, not_allowed, c.status);
        EXPECT_EQ(result.host, c.host);
    }
    EXPECT_EQ(other.requests().size(), 0U);
}

TEST(WebhookAttempt, takesNoLongerThanItsTimeoutWithAllRedirects) {
    WebhookReceiver receiver([](std::size_t, const Request&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return Answer{307, "/again"};
    });
    const WebhookMessage message{receiver.url(), "{}", "request-1", ""};
    const WebhookOptions options{.allow = {"127.0.0.1"},
                                 .secret = {},
                                 .timeout = std::chrono::milliseconds(500),
                                 .on_event = {}};
    expect(attempt_webhook(message, options, {}), std::nullopt, 0);
}

}  // namespace
}  // namespace faceward::ops
