#include "engine/media/wait.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace faceward::media {

Waited wait_for(int socket, std::chrono::milliseconds time) {
    const auto deadline = std::chrono::steady_clock::now() + time;
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        pollfd waited{socket, POLLIN, 0};
        const int ready = ::poll(&waited, 1, static_cast<int>(std::max<long>(0, left.count())));
        if (ready > 0) return Waited::message;
        if (ready == 0) return Waited::timeout;
        if (errno != EINTR) return Waited::gone;
    }
}

}  // namespace faceward::media
