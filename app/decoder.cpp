#include "engine/media/wire.hpp"
#include "engine/media/worker/serve.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <limits>

/// Decodes pictures, videos and archives in processes that are locked in. Codecs and nothing else:
/// it is started by the server, at the other end of a socket, and knows no faces.
int main() {
    using faceward::media::wire::launcher_socket;
    int type = 0;
    socklen_t length = sizeof type;
    if (::getsockopt(launcher_socket, SOL_SOCKET, SO_TYPE, &type, &length) != 0 ||
        type != SOCK_SEQPACKET) {
        std::fputs("faceward-decoder is started by faceward, not by hand\n", stderr);
        return 2;
    }
    // Whatever the server has open is none of its business.
    ::close_range(launcher_socket + 1, std::numeric_limits<unsigned>::max(), 0);
    return faceward::media::launch_decoders(launcher_socket);
}
