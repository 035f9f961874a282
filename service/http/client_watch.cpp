#include "service/http/client_watch.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>

#include <cerrno>

namespace faceward::http {
namespace {

constexpr auto awaited = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace

boost::asio::awaitable<void> ClientWatch::run() {
    Sight sight = Sight::nothing;
    while (sight == Sight::nothing && !ended_) {
        const auto [error] = co_await socket_.async_wait(Socket::wait_read, awaited);
        if (error || ended_) co_return;
        sight = look();
    }
    if (ended_ || sight == Sight::bytes) co_return;
    saw_close_ = true;
    if (sight == Sight::end) {
        timer_.expires_after(patience_);
        co_await timer_.async_wait(awaited);
    }
    if (!ended_) *abandoned_ = true;
}

void ClientWatch::end() {
    ended_ = true;
    timer_.cancel();
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

ClientWatch::Sight ClientWatch::look() {
    char byte = 0;
    const ssize_t count = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count > 0) return Sight::bytes;
    if (count == 0) return Sight::end;
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? Sight::nothing
                                                                     : Sight::reset;
}

}  // namespace faceward::http
