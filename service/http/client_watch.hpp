#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <memory>

namespace faceward::http {

/// Notices that a client leaves while its answer is being made. One that closes with a reset has
/// left; one that closes its sending side may still read, and has left after some patience. Behind
/// bytes of a further request nothing can be seen. Lives on the executor of its socket.
class ClientWatch {
  public:
    using Socket = boost::asio::ip::tcp::socket;

    /// The socket must outlive the watch, and nobody may read from it meanwhile.
    ClientWatch(Socket& socket, std::chrono::milliseconds patience)
        : socket_(socket), patience_(patience), timer_(socket.get_executor()) {}

    /// Watches until there is nothing more to see or it is ended.
    boost::asio::awaitable<void> run();

    /// Ends it: the answer is there, or the connection is not.
    void end();

    /// The client has closed its side of the connection at least.
    bool saw_close() const { return saw_close_; }

    /// Becomes true when the client has left.
    std::shared_ptr<const std::atomic<bool>> abandoned() const { return abandoned_; }

  private:
    enum class Sight { nothing, bytes, end, reset };
    Sight look();

    Socket& socket_;
    std::chrono::milliseconds patience_;
    boost::asio::steady_timer timer_;
    bool ended_ = false;
    bool saw_close_ = false;
    std::shared_ptr<std::atomic<bool>> abandoned_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace faceward::http
