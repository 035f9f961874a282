#include "service/http/connection.hpp"

#include "service/http/answer.hpp"
#include "service/http/response_head.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <utility>

namespace faceward::http {
namespace {

namespace asio = boost::asio;

/// Operations give (error code, result…) instead of throwing.
constexpr auto awaited = asio::as_tuple(asio::use_awaitable);

double milliseconds(std::chrono::steady_clock::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

/// What `Exchange` tells of a request.
Request summary_of(const Request& request) {
    Request summary;
    summary.id = request.id;
    summary.trace = request.trace;
    summary.method = request.method;
    summary.path = request.path;
    summary.query = request.query;
    summary.received = request.received;
    return summary;
}

}  // namespace

Connection::Connection(Socket socket, const Latest<ServerOptions>& options,
                       Application& application, BodyBudget& budget,
                       const std::atomic<bool>& draining)
    : socket_(std::move(socket)),
      latest_options_(options),
      options_(options.get()),
      application_(application),
      draining_(draining),
      parser_({options_->max_header_bytes, options_->max_body_bytes}),
      body_share_(budget),
      watch_(socket_.get_executor()),
      answered_(socket_.get_executor(), Clock::time_point::max()) {}

void Connection::start(std::function<void()> ended) {
    const auto executor = socket_.get_executor();
    asio::co_spawn(
        executor, [self = shared_from_this()] { return self->watch_time(); }, asio::detached);
    // What is thrown (no memory, a fault of the application) costs this connection and nothing
    // else.
    asio::co_spawn(
        executor, [self = shared_from_this()] { return self->serve(); },
        [self = shared_from_this(), ended = std::move(ended)](const std::exception_ptr&) {
            self->close_now();
            ended();
        });
}

void Connection::close_if_idle() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
        if (self->is_idle()) self->close_now();
    });
}

void Connection::close() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->close_now(); });
}

void Connection::close_now() {
    boost::system::error_code ignored;
    socket_.close(ignored);
    watch_.cancel();
    answered_.cancel();
}

// Every co_await below stands in a statement of its own: GCC 12 miscompiles those inside && and ||.

Connection::Task<> Connection::serve() {
    while (true) {
        const bool arrived = co_await read_request();
        if (!arrived) co_return;
        if (parser_.state() == RequestParser::State::refused) {
            co_await refuse_request();
            co_await linger();
            co_return;
        }
        const bool goes_on = co_await answer_request();
        if (!goes_on) co_return;
        first_byte_ = Clock::now();
        take_options();
        parser_.next();
    }
}

/// Reads until a request is complete or refused; false if there will be none.
Connection::Task<bool> Connection::read_request() {
    const bool begun = co_await wait_for_first_byte();
    if (!begun) co_return false;
    idle_since_ = busy;
    if (parser_.needs_more()) allow(options_->read_timeout);
    while (parser_.needs_more()) {
        if (parser_.wants_continue()) co_await write_continue();
        const bool read = co_await read_some();
        if (!read && !expired_) co_return false;
        if (!read) parser_.refuse(FramingFault::too_slow);
        hold_body();
    }
    hold_body();
    co_return true;
}

/// Counts the body; refuses the request if it is one too many.
void Connection::hold_body() {
    if (!body_share_.resize(parser_.body_bytes())) parser_.refuse(FramingFault::no_room);
}

/// False if the next request does not come.
Connection::Task<bool> Connection::wait_for_first_byte() {
    idle_since_ = Clock::now();
    allow(options_->idle_timeout);
    while (parser_.state() == RequestParser::State::waiting) {
        if (draining_) co_return false;
        const bool read = co_await read_some();
        if (!read) co_return false;
    }
    co_return true;
}

/// Gives the parser more bytes. False at the end, on an error, and when the time is up.
Connection::Task<bool> Connection::read_some() {
    if (expired_) co_return false;
    const std::span<char> space = parser_.space();
    const auto [error, count] =
        co_await socket_.async_read_some(asio::buffer(space.data(), space.size()), awaited);
    if (error) co_return false;
    if (parser_.state() == RequestParser::State::waiting) {
        first_byte_ = Clock::now();
        take_options();
    }
    parser_.received(count);
    co_return true;
}

/// Takes over options that have changed, for the request that begins.
void Connection::take_options() {
    auto latest = latest_options_.get();
    if (latest == options_) return;
    options_ = std::move(latest);
    parser_.limit({options_->max_header_bytes, options_->max_body_bytes});
}

Connection::Task<> Connection::write_continue() {
    constexpr std::string_view interim = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(socket_, asio::buffer(interim), awaited);
}

/// False if the connection is to end.
Connection::Task<bool> Connection::answer_request() {
    const bool wanted_alive = parser_.keeps_alive();
    const Request request = summary_of(parser_.request());
    const auto response = co_await ask_application();
    body_share_.resize(0);
    if (!response) {
        report_cut_off(request);
        co_return false;
    }
    const bool keep_alive = wanted_alive && !draining_;
    const bool written = co_await write_answer(request, *response, keep_alive);
    co_return written&& keep_alive;
}

/// Nothing if the connection was closed meanwhile.
Connection::Task<std::optional<Response>> Connection::ask_application() {
    allow_forever();
    Answer answer;
    const auto wake = [this] {
        asio::post(socket_.get_executor(),
                   [self = shared_from_this()] { self->answered_.cancel(); });
    };
    const auto watch = std::make_shared<ClientWatch>(socket_, options_->half_close_patience);
    hand_over(answer.reply(), *watch);
    auto response = answer.take(wake);
    if (response) co_return response;
    asio::co_spawn(socket_.get_executor(), watch->run(),
                   [self = shared_from_this(), watch](const std::exception_ptr&) {});
    while (!response && socket_.is_open()) {
        co_await answered_.async_wait(awaited);
        response = answer.take(wake);
    }
    watch->end();
    client_closed_ = watch->saw_close();
    co_return response;
}

void Connection::hand_over(const Reply& reply, const ClientWatch& watch) {
    try {
        Request request = parser_.take();
        request.abandoned = watch.abandoned();
        application_.handle(std::move(request), reply);
    } catch (const std::exception& error) {
        reply(no_answer(error.what()));
    }
}

Connection::Task<> Connection::refuse_request() {
    const Response response = application_.refuse(parser_.fault(), parser_.request());
    co_await write_answer(parser_.request(), response, false);
}

/// False if the client did not take all of it.
Connection::Task<bool> Connection::write_answer(const Request& request, const Response& response,
                                                bool keep_alive) {
    const auto ready = Clock::now();
    const std::string head =
        response_head(response, request.id, keep_alive, std::chrono::system_clock::now());
    const bool head_only = request.method == "HEAD";
    const std::array buffers{
        asio::buffer(head),
        asio::buffer(response.body.data(), head_only ? 0 : response.body.size())};
    allow(options_->write_timeout);
    const auto [error, count] = co_await asio::async_write(socket_, buffers, awaited);
    const bool delivered = !error && !client_closed_;
    application_.finished({request, response, parser_.bytes_in(), count, delivered,
                           milliseconds(request.received - first_byte_),
                           milliseconds(ready - request.received),
                           milliseconds(Clock::now() - ready)});
    co_return !error;
}

/// Tells of a request whose answer did not come before the server had to stop.
void Connection::report_cut_off(const Request& request) {
    application_.finished({request, application_.refuse(FramingFault::stopping, request),
                           parser_.bytes_in(), 0, false,
                           milliseconds(request.received - first_byte_),
                           milliseconds(Clock::now() - request.received), 0});
}

/// Says that nothing more will come, and reads until the client has noticed or the time is up,
/// however much it still sends.
Connection::Task<> Connection::linger() {
    idle_since_ = Clock::now();
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    allow(options_->read_timeout);
    std::array<char, 65'536> scratch;
    while (!draining_ && !expired_) {
        const auto [error, count] =
            co_await socket_.async_read_some(asio::buffer(scratch), awaited);
        if (error) break;
    }
}

/// Cancels what the socket does when the deadline passes. The timer is set anew only when it fires
/// or when a deadline comes earlier, so that deadlines cost next to nothing on a busy connection.
Connection::Task<> Connection::watch_time() {
    while (socket_.is_open()) {
        watch_.expires_at(deadline_);
        co_await watch_.async_wait(awaited);
        if (Clock::now() < deadline_) continue;
        allow_forever();
        expired_ = true;
        boost::system::error_code ignored;
        socket_.cancel(ignored);
    }
}

void Connection::allow(std::chrono::milliseconds time) {
    expired_ = false;
    deadline_ = Clock::now() + time;
    if (deadline_ < watch_.expiry()) watch_.cancel();
}

void Connection::allow_forever() {
    expired_ = false;
    deadline_ = Clock::time_point::max();
}

}  // namespace faceward::http
