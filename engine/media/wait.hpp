#pragma once

#include <chrono>
#include <cstdint>

namespace faceward::media {

enum class Waited : std::uint8_t {
    message,  ///< there is something to receive, or the other end has closed
    timeout,
    gone,  ///< the socket is of no use
};

/// Waits so long for a message on a socket; no time: looks only.
Waited wait_for(int socket, std::chrono::milliseconds time);

}  // namespace faceward::media
