#include "service/http/server.hpp"
#include "service/http/test_application.hpp"
#include "service/http/test_client.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace faceward::http {
namespace {

using namespace std::chrono_literals;
using test::Client;
using test::EchoApplication;
using test::get;
using test::post;

/// An application that keeps requests until the test answers them.
class Keeper {
  public:
    EchoApplication& application() { return application_; }

    /// The next request's Reply, as soon as there is one.
    Reply next() {
        std::unique_lock lock(mutex_);
        came_.wait(lock, [this] { return !replies_.empty(); });
        Reply reply = std::move(replies_.back());
        replies_.pop_back();
        return reply;
    }

  private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<Reply> replies_;
    EchoApplication application_{[this](const Request&, Reply reply) {
        const std::lock_guard lock(mutex_);
        replies_.push_back(std::move(reply));
        came_.notify_all();
    }};
};

TEST(ServerStop, ClosesIdleConnectionsAtOnce) {
    EchoApplication application;
    Server server({.shutdown_grace = 1h}, application);
    ASSERT_TRUE(server.start());
    Client silent(server.port());
    Client served(server.port());
    served.send(get("/"));
    served.receive();
    server.stop();
    EXPECT_TRUE(served.sees_close());
    EXPECT_TRUE(silent.sees_close());
    EXPECT_THROW(Client(server.port()), std::system_error);
}

TEST(ServerStop, LetsTheRequestUnderWayEnd) {
    Keeper keeper;
    Server server({.shutdown_grace = 1h}, keeper.application());
    ASSERT_TRUE(server.start());
    Client client(server.port());
    Client idle(server.port());
    client.send(get("/") + get("/not-any-more"));
    const Reply reply = keeper.next();
    const auto stopping = std::async(std::launch::async, [&] { server.stop(); });
    EXPECT_TRUE(idle.sees_close());
    reply({});
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.sees_close());
    stopping.wait();
}

TEST(ServerStop, LetsTheRequestBeingReadEnd) {
    EchoApplication application;
    Server server({.shutdown_grace = 1h}, application);
    ASSERT_TRUE(server.start());
    Client client(server.port());
    Client idle(server.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    client.receive_until("\r\n\r\n");
    const auto stopping = std::async(std::launch::async, [&] { server.stop(); });
    EXPECT_TRUE(idle.sees_close());
    client.send("hello");
    EXPECT_EQ(client.receive().body, "POST / [] hello");
    stopping.wait();
}

TEST(ServerStop, DropsWhatIsNotReadyWithinTheGrace) {
    Keeper keeper;
    Reply late;
    {
        Server server({.shutdown_grace = 50ms}, keeper.application());
        ASSERT_TRUE(server.start());
        Client client(server.port());
        client.send(get("/"));
        late = keeper.next();
        EXPECT_EQ(server.stop(), 1U);
        EXPECT_TRUE(client.sees_close());
    }
    const auto dropped = keeper.application().wait_for_finished(1).front();
    EXPECT_EQ(dropped.request.path, "/");
    EXPECT_EQ(dropped.status, 503);
    EXPECT_FALSE(dropped.delivered);
    late({});  // after the server is gone
}

TEST(ServerStop, TwiceAndBeforeTheStartIsHarmless) {
    EchoApplication application;
    Server never({}, application);
    never.stop();
    Server server({}, application);
    ASSERT_TRUE(server.start());
    server.stop();
    server.stop();
}

TEST(ServerClients, ThatVanishBeforeTheAnswerHarmNobody) {
    Keeper keeper;
    Server server({}, keeper.application());
    ASSERT_TRUE(server.start());
    Client vanishing(server.port());
    vanishing.send(post("/", "hello"));
    const Reply first = keeper.next();
    vanishing.vanish();
    first({});
    Client staying(server.port());
    staying.send(post("/", "hello"));
    keeper.next()({});
    EXPECT_EQ(staying.receive().status, 200);
    EXPECT_EQ(keeper.application().wait_for_finished(2).size(), 2U);
}

TEST(ServerClients, ThatVanishWithinARequestHarmNobody) {
    EchoApplication application;
    Server server({}, application);
    ASSERT_TRUE(server.start());
    for (const char* begin :
         {"", "G", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel"}) {
        Client vanishing(server.port());
        vanishing.send(begin);
        vanishing.vanish();
    }
    Client staying(server.port());
    staying.send(get("/"));
    EXPECT_EQ(staying.receive().status, 200);
}

TEST(ServerClients, AreServedInParallel) {
    EchoApplication application;
    Server server({.io_threads = 2}, application);
    ASSERT_TRUE(server.start());
    std::vector<std::jthread> clients;
    for (int c = 0; c < 8; ++c) {
        clients.emplace_back([&server, c] {
            Client client(server.port());
            for (int i = 0; i < 100; ++i) {
                const std::string body = std::to_string(c) + ":" + std::to_string(i);
                client.send(post("/", body));
                EXPECT_EQ(client.receive().body, "POST / [] " + body);
            }
        });
    }
}

}  // namespace
}  // namespace faceward::http
