#include "service/http/server.hpp"

#include "common/latest.hpp"
#include "service/http/connection_set.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace faceward::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr auto awaited = asio::as_tuple(asio::use_awaitable);

/// How long to let be when there is no room for another connection, or no descriptor.
constexpr std::chrono::milliseconds accept_pause{100};

}  // namespace

struct Server::Impl {
    Impl(ServerOptions its_options, Application& its_application)
        : options(std::move(its_options)),
          application(its_application),
          budget(options.get()->max_buffered_bytes),
          io(static_cast<int>(options.get()->io_threads)),
          acceptor(asio::make_strand(io)),
          room(acceptor.get_executor()) {}

    void listen() {
        const auto now = options.get();
        const auto found =
            tcp::resolver(io).resolve(now->host, std::to_string(now->port), tcp::resolver::passive);
        const tcp::endpoint endpoint = *found.begin();
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen();
        port = acceptor.local_endpoint().port();
    }

    bool is_full() const { return connections.size() >= options.get()->max_connections; }

    asio::awaitable<void> accept() {
        while (acceptor.is_open()) {
            if (is_full()) {
                co_await make_room();
                continue;
            }
            auto [error, socket] = co_await acceptor.async_accept(asio::make_strand(io), awaited);
            if (!error)
                welcome(std::move(socket));
            else
                co_await wait_for_room(Clock::now() + accept_pause);
        }
    }

    /// Waits until somebody wants to connect, and lets the longest idle connection go for it. Where
    /// all are at work, it is to be tried again.
    asio::awaitable<void> make_room() {
        const auto [error] = co_await acceptor.async_wait(tcp::acceptor::wait_read, awaited);
        if (!error && !is_full()) co_return;
        if (const auto idle = connections.longest_idle(); idle && !error) idle->close_if_idle();
        co_await wait_for_room(Clock::now() + accept_pause);
    }

    asio::awaitable<void> wait_for_room(Clock::time_point deadline) {
        if (!acceptor.is_open()) co_return;
        room.expires_at(deadline);
        co_await room.async_wait(awaited);
    }

    void welcome(tcp::socket socket) {
        boost::system::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        const auto connection =
            std::make_shared<Connection>(std::move(socket), options, application, budget, draining);
        connections.add(connection);
        connection->start([this, weak = std::weak_ptr(connection)] {
            if (const auto ended = weak.lock()) part_with(ended);
        });
    }

    void part_with(const std::shared_ptr<Connection>& connection) {
        const bool was_full = is_full();
        connections.remove(connection);
        if (was_full) asio::post(acceptor.get_executor(), [this] { room.cancel(); });
    }

    void stop_accepting() {
        asio::post(acceptor.get_executor(), [this] {
            boost::system::error_code ignored;
            acceptor.close(ignored);
            room.cancel();
        });
    }

    Latest<ServerOptions> options;
    Application& application;
    BodyBudget budget;
    std::atomic<bool> draining = false;
    ConnectionSet connections;
    asio::io_context io;
    tcp::acceptor acceptor;
    asio::steady_timer room;  // where `accept` waits until there may be room for another connection
    std::uint16_t port = 0;
    std::vector<std::jthread> threads;
};

Server::Server(ServerOptions options, Application& application)
    : impl_(std::make_unique<Impl>(std::move(options), application)) {}

Server::~Server() { stop(); }

tl::expected<void, std::string> Server::start() {
    try {
        impl_->listen();
    } catch (const boost::system::system_error& error) {
        const auto options = impl_->options.get();
        return tl::make_unexpected("cannot listen on " + options->host + ":" +
                                   std::to_string(options->port) + ": " + error.code().message());
    }
    asio::co_spawn(impl_->acceptor.get_executor(), impl_->accept(), asio::detached);
    for (std::size_t i = 0; i < impl_->options.get()->io_threads; ++i)
        impl_->threads.emplace_back([this] { impl_->io.run(); });
    return {};
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::change(ServerOptions options) {
    impl_->budget.set_most(options.max_buffered_bytes);
    impl_->options.set(std::move(options));
}

std::size_t Server::connections() const { return impl_->connections.size(); }

std::size_t Server::body_bytes() const { return impl_->budget.held(); }

std::size_t Server::stop() {
    if (impl_->threads.empty()) return 0;
    impl_->draining = true;
    impl_->stop_accepting();
    for (const auto& connection : impl_->connections.members()) connection->close_if_idle();
    impl_->connections.wait_until_empty(impl_->options.get()->shutdown_grace);
    const auto left = impl_->connections.members();
    for (const auto& connection : left) connection->close();
    impl_->threads.clear();  // joins them: nothing is left for them to do
    return left.size();
}

}  // namespace faceward::http
