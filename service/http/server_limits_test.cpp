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
using test::post;
using test::Received;

class ServerLimits : public testing::Test {
  protected:
    void start(const ServerOptions& options) {
        server_.emplace(options, application_);
        ASSERT_TRUE(server_->start());
    }

    /// The answer to these bytes, which must be the last on the connection.
    static void expect_refusal(Client& client, int status) {
        const Received answer = client.receive();
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.body, "refused");
        EXPECT_EQ(answer.header("Connection"), "close");
        EXPECT_TRUE(client.sees_close());
    }

    EchoApplication application_;
    std::optional<Server> server_;
};

TEST_F(ServerLimits, BodyOverTheLimitByItsLength) {
    start({.max_body_bytes = 1000});
    Client client(server_->port());
    client.send(post("/", std::string(1000, 'x')));
    EXPECT_EQ(client.receive().status, 200);
    client.send(post("/", std::string(1001, 'x'), "X-Request-ID: my-id\r\n"));
    expect_refusal(client, 413);
    EXPECT_EQ(application_.wait_for_finished(2)[1].request.id, "my-id");
}

TEST_F(ServerLimits, OtherLimitsCountForOpenConnectionsToo) {
    start({.max_body_bytes = 3});
    Client waiting(server_->port());
    Client fresh(server_->port());
    waiting.send(post("/", "abc"));
    EXPECT_EQ(waiting.receive().status, 200);
    server_->change({.max_body_bytes = 4});
    for (Client* client : {&waiting, &fresh}) {
        client->send(post("/", "abcd"));
        EXPECT_EQ(client->receive().status, 200);
    }
    server_->change({.max_body_bytes = 2});
    waiting.send(post("/", "abc"));
    expect_refusal(waiting, 413);
}

TEST_F(ServerLimits, OtherTimesCountFromTheNextRequestOn) {
    start({.read_timeout = 60s});
    Client client(server_->port());
    server_->change({.read_timeout = 100ms});
    client.send("GET / HTTP/1.1\r\n");
    expect_refusal(client, 408);
}

TEST_F(ServerLimits, BodyOverTheLimitByItsChunks) {
    start({.max_body_bytes = 7});
    Client client(server_->port());
    client.send(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
        "chunked\r\n\r\n4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n");
    expect_refusal(client, 413);
}

TEST_F(ServerLimits, BodyOverTheLimitIsRefusedInsteadOfContinued) {
    start({.max_body_bytes = 7});
    Client client(server_->port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\nExpect: 100-continue\r\n\r\n");
    expect_refusal(client, 413);
}

TEST_F(ServerLimits, ClientThatSendsAllBeforeItReadsSeesTheRefusal) {
    for (const std::size_t limit : {8'000'000U, 1000U}) {
        start({.max_body_bytes = limit});
        Client client(server_->port());
        client.send(post("/", std::string(80'000'000, 'x')));
        expect_refusal(client, 413);
    }
}

TEST_F(ServerLimits, ClientThatSendsForeverIsCutOff) {
    start({.max_body_bytes = 1000, .read_timeout = 100ms});
    Client client(server_->port());
    client.send(post("/", std::string(1001, 'x')));
    EXPECT_EQ(client.receive().status, 413);
    while (client.send("x")) std::this_thread::sleep_for(1ms);
}

TEST(ServerMemory, BodiesThatDoNotFitBesideTheOthersAreRefused) {
    std::promise<Reply> kept;
    EchoApplication application([&](const Request& request, const Reply& reply) {
        if (request.path == "/kept")
            kept.set_value(reply);
        else
            reply({});
    });
    Server server({.max_body_bytes = 1'000'000, .max_buffered_bytes = 1'500'000}, application);
    ASSERT_TRUE(server.start());
    const std::string large(1'000'000, 'x');
    Client first(server.port());
    first.send(post("/kept", large));
    const Reply reply = kept.get_future().get();
    for (const std::string& request :
         {post("/", large),
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nf4240\r\n" + large}) {
        Client refused(server.port());
        refused.send(request);
        EXPECT_EQ(refused.receive().status, 503);
        EXPECT_TRUE(refused.sees_close());
    }
    Client small(server.port());
    small.send(post("/", "hello"));
    EXPECT_EQ(small.receive().status, 200);
    reply({});
    EXPECT_EQ(first.receive().status, 200);
    for (int i = 0; i < 3; ++i) {
        small.send(post("/", large));
        EXPECT_EQ(small.receive().status, 200);
    }
}

TEST(ServerMemory, IsGivenBackByClientsThatLeave) {
    EchoApplication application;
    Server server({.max_body_bytes = 1'000'000, .max_buffered_bytes = 1'000'000}, application);
    ASSERT_TRUE(server.start());
    for (int i = 0; i < 3; ++i) {
        Client leaving(server.port());
        leaving.send(post("/", std::string(1'000'000, 'x')).substr(0, 900'000));
    }
    int status = 503;
    while (status == 503) {
        Client client(server.port());
        client.send(post("/", std::string(1'000'000, 'x')));
        status = client.receive().status;
    }
    EXPECT_EQ(status, 200);
}

TEST_F(ServerLimits, HeaderOverTheLimit) {
    start({.max_header_bytes = 1000});
    Client client(server_->port());
    client.send(get("/", "X: " + std::string(1000, 'x') + "\r\n"));
    expect_refusal(client, 431);
}

TEST_F(ServerLimits, Garbage) {
    start({});
    for (const char* text :
         {"\x16\x03\x01\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\nno header\r\n\r\n"}) {
        Client client(server_->port());
        client.send(text);
        expect_refusal(client, 400);
    }
}

TEST_F(ServerLimits, GarbageAfterARequest) {
    start({});
    Client client(server_->port());
    client.send(get("/") + "garbage\r\n\r\n");
    EXPECT_EQ(client.receive().status, 200);
    expect_refusal(client, 400);
}

class SlowClient : public ServerLimits, public testing::WithParamInterface<std::string> {};

TEST_P(SlowClient, IsRefused) {
    start({.read_timeout = 100ms});
    Client client(server_->port());
    client.send(GetParam());
    expect_refusal(client, 408);
    EXPECT_GE(application_.wait_for_finished(1)[0].read_ms, 99);
}

INSTANTIATE_TEST_SUITE_P(
    Server, SlowClient,
    testing::Values("G", "GET / HTTP/1.1\r\nHost: h\r\n",
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhell",
                    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell"));

TEST_F(ServerLimits, SecondRequestThatIsSlowIsRefusedToo) {
    start({.read_timeout = 100ms});
    Client client(server_->port());
    client.send(get("/") + "GET /slow");
    EXPECT_EQ(client.receive().status, 200);
    expect_refusal(client, 408);
}

TEST_F(ServerLimits, IdleConnectionsAreClosedInSilence) {
    start({.idle_timeout = 100ms});
    Client silent(server_->port());
    EXPECT_TRUE(silent.sees_close());
    Client served(server_->port());
    served.send(get("/"));
    served.receive();
    EXPECT_TRUE(served.sees_close());
    EXPECT_EQ(application_.wait_for_finished(1).size(), 1U);
}

TEST_F(ServerLimits, ClientThatDoesNotReadIsDropped) {
    EchoApplication talkative([](const Request&, const Reply& reply) {
        Response response;
        response.body.resize(50'000'000);
        reply(std::move(response));
    });
    Server server({.write_timeout = 100ms}, talkative);
    ASSERT_TRUE(server.start());
    Client client(server.port());
    client.send(get("/"));
    EXPECT_LT(talkative.wait_for_finished(1)[0].bytes_out, 50'000'000U);
}

TEST(ServerConnections, OverTheLimitWaitForTheirTurn) {
    std::promise<Reply> kept;
    EchoApplication application([&](const Request& request, const Reply& reply) {
        if (request.path == "/first")
            kept.set_value(reply);
        else
            EchoApplication::echo(request, reply);
    });
    Server server({.max_connections = 1}, application);
    ASSERT_TRUE(server.start());
    Client first(server.port());
    first.send(get("/first"));
    const Reply reply = kept.get_future().get();
    Client second(server.port());
    second.send(get("/second"));
    std::this_thread::sleep_for(50ms);
    reply({});
    EXPECT_EQ(first.receive().status, 200);
    EXPECT_EQ(second.receive().body, "GET /second [] ");
    EXPECT_TRUE(first.sees_close());
    EXPECT_EQ(application.wait_for_finished(2).front().request.path, "/first");
}

TEST_F(ServerLimits, AFurtherConnectionTakesThePlaceOfTheLongestIdle) {
    start({.max_connections = 3});
    const auto serve = [](Client& client) {
        client.send(get("/"));
        EXPECT_EQ(client.receive().status, 200);
    };
    Client silent(server_->port());
    Client first(server_->port());
    serve(first);
    Client second(server_->port());
    serve(second);
    serve(first);
    Client third(server_->port());
    serve(third);
    EXPECT_TRUE(silent.sees_close());
    Client fourth(server_->port());
    serve(fourth);
    EXPECT_TRUE(second.sees_close());
    serve(first);
    serve(third);
}

}  // namespace
}  // namespace faceward::http
