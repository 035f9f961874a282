#pragma once

#include "common/latest.hpp"
#include "service/http/body_budget.hpp"
#include "service/http/client_watch.hpp"
#include "service/http/message.hpp"
#include "service/http/request_parser.hpp"
#include "service/http/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace faceward::http {

/// One client's connection: reads requests and writes answers in turn until one of both sides ends
/// it. All of its work happens on the executor of its socket, which must be a strand.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Socket = boost::asio::ip::tcp::socket;

    /// `draining` says that the server stops: no further requests. It, the options (of which each
    /// request has those of its beginning), the application and the budget must outlive the
    /// connection.
    Connection(Socket socket, const Latest<ServerOptions>& options, Application& application,
               BodyBudget& budget, const std::atomic<bool>& draining);

    /// Begins; `ended` is called once when all is over.
    void start(std::function<void()> ended);

    using Clock = std::chrono::steady_clock;

    /// Since when no request is under way; `time_point::max()` while one is. From any thread.
    Clock::time_point idle_since() const { return idle_since_; }

    /// Closes the connection unless a request is under way. From any thread.
    void close_if_idle();

    /// Closes the connection whatever it does. From any thread.
    void close();

  private:
    template <class T = void>
    using Task = boost::asio::awaitable<T>;

    Task<> serve();
    Task<bool> read_request();
    Task<bool> wait_for_first_byte();
    Task<bool> read_some();
    void take_options();
    void hold_body();
    Task<> write_continue();
    Task<bool> answer_request();
    Task<std::optional<Response>> ask_application();
    void hand_over(const Reply& reply, const ClientWatch& watch);
    Task<> refuse_request();
    Task<bool> write_answer(const Request& request, const Response& response, bool keep_alive);
    void report_cut_off(const Request& request);
    Task<> linger();

    Task<> watch_time();
    void allow(std::chrono::milliseconds time);
    void allow_forever();
    void close_now();

    Socket socket_;
    const Latest<ServerOptions>& latest_options_;
    std::shared_ptr<const ServerOptions> options_;
    Application& application_;
    const std::atomic<bool>& draining_;
    RequestParser parser_;
    BodyBudget::Share body_share_;
    bool is_idle() const { return idle_since_.load() != busy; }

    static constexpr Clock::time_point busy = Clock::time_point::max();
    std::atomic<Clock::time_point> idle_since_ = Clock::now();

    boost::asio::steady_timer watch_;
    Clock::time_point deadline_ = Clock::time_point::max();
    bool expired_ = false;  // the last deadline has passed

    bool client_closed_ = false;          // before it had its answer
    boost::asio::steady_timer answered_;  // never fires: cancelled to wake who waits for the answer
    Clock::time_point first_byte_;        // when the first bytes of the request were there
};

}  // namespace faceward::http
