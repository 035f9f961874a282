#include "service/http/server.hpp"
#include "service/http/test_application.hpp"
#include "service/http/test_client.hpp"

#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <thread>

namespace faceward::http {
namespace {

using namespace std::chrono_literals;
using test::Client;
using test::EchoApplication;
using test::get;

/// An application that keeps one request until the test answers it, and echoes the others.
class ServerAbandoned : public testing::Test {
  protected:
    struct Kept {
        Request request;
        Reply reply;
    };

    void start(const ServerOptions& options) {
        server_.emplace(options, application_);
        ASSERT_TRUE(server_->start());
    }

    /// The request for "/kept", as soon as it is there.
    Kept kept() { return kept_.get_future().get(); }

    static void wait_until_abandoned(const Request& request) {
        while (!request.is_abandoned()) std::this_thread::sleep_for(1ms);
    }

    std::promise<Kept> kept_;
    EchoApplication application_{[this](Request request, Reply reply) {
        if (request.path == "/kept")
            kept_.set_value({std::move(request), std::move(reply)});
        else
            EchoApplication::echo(request, reply);
    }};
    std::optional<Server> server_;
};

TEST_F(ServerAbandoned, AClientThatResetsHasLeft) {
    start({.half_close_patience = 1h});
    Client client(server_->port());
    client.send(get("/kept"));
    const Kept work = kept();
    EXPECT_FALSE(work.request.is_abandoned());
    client.vanish();
    wait_until_abandoned(work.request);
    work.reply({});
    EXPECT_FALSE(application_.wait_for_finished(1).front().delivered);
}

TEST_F(ServerAbandoned, AClientThatClosesHasLeftAfterSomePatience) {
    start({.half_close_patience = 50ms});
    std::optional<Client> client(server_->port());
    client->send(get("/kept"));
    const Kept work = kept();
    client.reset();
    wait_until_abandoned(work.request);
    work.reply({});
    EXPECT_FALSE(application_.wait_for_finished(1).front().delivered);
}

TEST_F(ServerAbandoned, AClientThatClosesItsSendingSideOnlyGetsItsAnswer) {
    start({.half_close_patience = 1h});
    Client client(server_->port());
    client.send(get("/kept"));
    const Kept work = kept();
    client.close_sending();
    std::this_thread::sleep_for(20ms);
    EXPECT_FALSE(work.request.is_abandoned());
    work.reply({});
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_TRUE(client.sees_close());
}

TEST_F(ServerAbandoned, APipeliningClientIsThere) {
    start({.half_close_patience = 0ms});
    Client client(server_->port());
    client.send(get("/kept"));
    const Kept work = kept();
    client.send(get("/next"));
    std::this_thread::sleep_for(20ms);
    EXPECT_FALSE(work.request.is_abandoned());
    work.reply({});
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_EQ(client.receive().body, "GET /next [] ");
    for (const auto& exchange : application_.wait_for_finished(2)) EXPECT_TRUE(exchange.delivered);
}

TEST_F(ServerAbandoned, TheStopWaitsForNobodysPatience) {
    start({.half_close_patience = 1h, .shutdown_grace = 0ms});
    Client client(server_->port());
    client.send(get("/kept"));
    const Kept work = kept();
    client.close_sending();
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(server_->stop(), 1U);
    EXPECT_FALSE(application_.wait_for_finished(1).front().delivered);
}

}  // namespace
}  // namespace faceward::http
