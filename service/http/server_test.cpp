#include "service/http/server.hpp"

#include "service/http/test_application.hpp"
#include "service/http/test_client.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace faceward::http {
namespace {

using test::Client;
using test::EchoApplication;
using test::get;
using test::post;
using test::Received;

class ServerTest : public testing::Test {
  protected:
    ServerTest() { EXPECT_TRUE(server_.start()); }

    EchoApplication application_;
    Server server_{{.io_threads = 2}, application_};
};

TEST_F(ServerTest, AnswersWithItsHeaders) {
    Client client(server_.port());
    client.send(post("/a/b?c=d", "hello", "x-request-id: my-id\r\n"));
    const Received answer = client.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST /a/b [c=d] hello");
    EXPECT_EQ(answer.header("Content-Type"), "text/plain");
    EXPECT_EQ(answer.header("X-Request-ID"), "my-id");
    EXPECT_EQ(answer.header("Connection"), "keep-alive");
    EXPECT_EQ(answer.header("Server"), "faceward");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
}

TEST_F(ServerTest, KeepsTheConnectionForTheNextRequest) {
    Client client(server_.port());
    for (const char* body : {"one", "", "three"}) {
        client.send(post("/", body));
        EXPECT_EQ(client.receive().body, std::string("POST / [] ") + body);
    }
    client.send(get("/last", "Connection: close\r\n"));
    EXPECT_EQ(client.receive().header("Connection"), "close");
    EXPECT_TRUE(client.sees_close());
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
    Client client(server_.port());
    client.send(post("/1", "first") + get("/2") + post("/3", "third"));
    EXPECT_EQ(client.receive().body, "POST /1 [] first");
    EXPECT_EQ(client.receive().body, "GET /2 [] ");
    EXPECT_EQ(client.receive().body, "POST /3 [] third");
}

TEST_F(ServerTest, ReadsChunks) {
    Client client(server_.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
    client.send("lo\r\n6;x=y\r\n world\r\n0\r\n\r\n");
    EXPECT_EQ(client.receive().body, "POST / [] hello world");
    client.send(get("/next"));
    EXPECT_EQ(client.receive().body, "GET /next [] ");
}

TEST_F(ServerTest, ReadsAndAnswersMegabytes) {
    std::string body(5'000'000, '\0');
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = static_cast<char>(i * 2'654'435'761U >> 24U);
    Client client(server_.port());
    // The answer is as large as the request: the client sends all before it reads, the server reads
    // all before it writes.
    client.send(post("/", body));
    EXPECT_EQ(client.receive().body, "POST / [] " + body);
}

TEST_F(ServerTest, SendsContinueToWhoWaitsForIt) {
    Client client(server_.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello");
    EXPECT_EQ(client.receive().body, "POST / [] hello");
}

TEST_F(ServerTest, SpeaksHttp10) {
    Client client(server_.port());
    client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(client.receive().header("Connection"), "keep-alive");
    client.send("GET /b HTTP/1.0\r\n\r\n");
    const Received answer = client.receive();
    EXPECT_EQ(answer.body, "GET /b [] ");
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.sees_close());
}

TEST_F(ServerTest, AnswersHeadWithoutBody) {
    Client client(server_.port());
    client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(client.receive(true).header("Content-Length"), "11");
    client.send(get("/b"));
    EXPECT_EQ(client.receive().body, "GET /b [] ");
}

TEST_F(ServerTest, GivesEachRequestAnIdOfItsOwn) {
    Client client(server_.port());
    client.send(get("/") + get("/", "X-Request-ID: not sane\r\n"));
    const std::string first(client.receive().header("X-Request-ID"));
    const std::string second(client.receive().header("X-Request-ID"));
    EXPECT_EQ(first.size(), 36U);
    EXPECT_EQ(second.size(), 36U);
    EXPECT_NE(first, second);
}

TEST_F(ServerTest, TellsTheApplicationOfEachExchange) {
    Client client(server_.port());
    const std::string request = post("/a", "hello", "X-Request-ID: my-id\r\n");
    client.send(request);
    const Received answer = client.receive();
    client.send("garbage\r\n\r\n");
    client.receive();
    const auto finished = application_.wait_for_finished(2);
    EXPECT_EQ(finished[0].request.id, "my-id");
    EXPECT_EQ(finished[0].request.path, "/a");
    EXPECT_EQ(finished[0].status, 200);
    EXPECT_EQ(finished[0].bytes_in, request.size());
    EXPECT_GT(finished[0].bytes_out, answer.body.size());
    EXPECT_EQ(finished[1].status, 400);
}

TEST_F(ServerTest, TellsHowLongTheReadingTook) {
    Client client(server_.port());
    client.send(get("/whole"));
    client.receive();
    const std::string in_pieces = post("/in-pieces", "hello");
    for (const char c : in_pieces.substr(0, 3)) {
        client.send({&c, 1});
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    client.send(in_pieces.substr(3) + get("/pipelined"));
    client.receive();
    client.receive();
    const auto finished = application_.wait_for_finished(3);
    for (const auto& exchange : finished) EXPECT_GE(exchange.read_ms, 0) << exchange.request.path;
    EXPECT_GE(finished[1].read_ms, 59);
    EXPECT_LT(finished[0].read_ms, 59);
    EXPECT_LT(finished[2].read_ms, 59);
}

TEST(ServerApplication, MayAnswerFromAnotherThread) {
    std::vector<std::jthread> workers;
    EchoApplication application([&](Request request, Reply reply) {
        workers.emplace_back([request = std::move(request), reply = std::move(reply)] {
            reply(EchoApplication::echo_of(request));
        });
    });
    Server server({.io_threads = 1}, application);
    ASSERT_TRUE(server.start());
    Client client(server.port());
    for (int i = 0; i < 50; ++i) {
        client.send(post("/", std::to_string(i)));
        EXPECT_EQ(client.receive().body, "POST / [] " + std::to_string(i));
    }
    server.stop();
}

TEST(ServerApplication, ThatThrowsOrForgetsCostsA500AndNothingElse) {
    EchoApplication application([](const Request& request, const Reply& reply) {
        if (request.path == "/throw") throw std::runtime_error("a fault");
        if (request.path == "/echo") EchoApplication::echo(request, reply);
    });
    Server server({}, application);
    ASSERT_TRUE(server.start());
    Client client(server.port());
    client.send(get("/throw") + get("/forget") + get("/echo"));
    EXPECT_EQ(client.receive().status, 500);
    EXPECT_EQ(client.receive().status, 500);
    EXPECT_EQ(client.receive().status, 200);
    const auto finished = application.wait_for_finished(3);
    ASSERT_EQ(finished[0].notes.size(), 1U);
    EXPECT_EQ(finished[0].notes[0].second, "a fault");
}

TEST(ServerStart, SaysWhyItCannotListen) {
    EchoApplication application;
    Server first({}, application);
    ASSERT_TRUE(first.start());
    Server second({.port = first.port()}, application);
    const auto started = second.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error(), "cannot listen on 127.0.0.1:" + std::to_string(first.port()) +
                                   ": Address already in use");
    Server third({.host = "192.0.2.1"}, application);
    EXPECT_FALSE(third.start());
}

}  // namespace
}  // namespace faceward::http
