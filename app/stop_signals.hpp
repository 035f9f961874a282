#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <future>
#include <thread>
#include <utility>

namespace faceward::app {

/// Catches SIGINT and SIGTERM from its construction on: the first asks the program to stop, the
/// second ends it at once, whatever it is doing.
class StopSignals {
  public:
    using Clock = std::chrono::steady_clock;

    /// `on_first` is told the first signal, on a thread of its own.
    explicit StopSignals(std::function<void(int)> on_first) : on_first_(std::move(on_first)) {
        signals_.async_wait([this](const boost::system::error_code& error, int signal) {
            if (!error) first(signal);
        });
        thread_ = std::jthread([this] { context_.run(); });
    }
    ~StopSignals() { context_.stop(); }
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Waits for the first signal and gives the time at which it came.
    Clock::time_point wait() { return came_.get_future().get(); }

  private:
    void first(int signal) {
        came_.set_value(Clock::now());
        on_first_(signal);
        signals_.async_wait([](const boost::system::error_code& error, int second) {
            if (!error) std::_Exit(128 + second);
        });
    }

    std::function<void(int)> on_first_;
    std::promise<Clock::time_point> came_;
    boost::asio::io_context context_;
    boost::asio::signal_set signals_{context_, SIGINT, SIGTERM};
    std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace faceward::app
