#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace faceward::app {

/// Catches signals from its construction on. Of SIGINT and SIGTERM the first asks the program to
/// stop, the second ends it at once, whatever it is doing. SIGHUP asks it to read its settings
/// anew, unless it came because the program's terminal is gone: then it asks to stop.
class Signals {
  public:
    using Clock = std::chrono::steady_clock;

    /// `on_stop` is told the signal that asks to stop, on a thread of its own.
    explicit Signals(std::function<void(int)> on_stop) : on_stop_(std::move(on_stop)) {
        await_hangup();
        await_stop();
        thread_ = std::jthread([this] { context_.run(); });
    }
    ~Signals() { context_.stop(); }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    /// Waits until settings are to be read anew (nothing), or the program is to stop (the time at
    /// which it was asked to).
    std::optional<Clock::time_point> next() {
        std::unique_lock lock(mutex_);
        came_.wait(lock, [this] { return reload_ || stop_; });
        reload_ = false;
        return stop_;
    }

  private:
    void await_stop() {
        stops_.async_wait([this](const boost::system::error_code& error, int signal) {
            if (!error) stop(signal);
        });
    }

    void await_hangup() {
        hangups_.async_wait([this](const boost::system::error_code& error, int signal) {
            if (error) return;
            const bool terminal_gone = had_terminal_ && ::isatty(STDERR_FILENO) == 0;
            if (terminal_gone) return stop(signal);
            await_hangup();
            const std::scoped_lock lock(mutex_);
            reload_ = true;
            came_.notify_one();
        });
    }

    void stop(int signal) {
        {
            const std::scoped_lock lock(mutex_);
            if (stop_) std::_Exit(128 + signal);
            stop_ = Clock::now();
        }
        came_.notify_one();
        on_stop_(signal);
        await_stop();
    }

    const bool had_terminal_ = ::isatty(STDERR_FILENO) != 0;
    std::function<void(int)> on_stop_;
    std::mutex mutex_;  // guards the two below
    bool reload_ = false;
    std::optional<Clock::time_point> stop_;
    std::condition_variable came_;
    boost::asio::io_context context_;
    boost::asio::signal_set stops_{context_, SIGINT, SIGTERM};
    boost::asio::signal_set hangups_{context_, SIGHUP};
    std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace faceward::app
