#pragma once

#include "engine/media/limits.hpp"
#include "engine/media/medium.hpp"

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <type_traits>

/// What the server, the launcher of decoders and a decoder say to each other: one message a packet,
/// over sockets of type SOCK_SEQPACKET. All three come from one build, so layouts are the
/// compiler's. The server believes nothing that a decoder reports: it may have been taken over by
/// what it read.
namespace faceward::media::wire {

/// The descriptor at which a launcher finds its socket.
inline constexpr int launcher_socket = 3;

/// Server to launcher. `start` carries three descriptors: a decoder's socket, its input, its
/// output.
struct Command {
    enum class Kind : std::uint32_t { start, end };
    Kind kind;
    std::int32_t process;            ///< `end`: the decoder to kill and to collect
    std::uint64_t max_memory_bytes;  ///< `start`: what the decoder may take beyond what it has
    std::uint32_t locked;            ///< `start`: lock it in
};

/// Launcher to server, one for each command.
struct CommandResult {
    std::int32_t process;  ///< `start`: the decoder's; 0: none could be started
    std::int32_t status;   ///< `end`: as waitpid(2) gives it
};

/// Server to decoder.
struct Order {
    enum class Kind : std::uint32_t {
        picture,  ///< decode the input as a picture
        medium,   ///< decode frames of the input, a video or an archive; pauses after each
        go_on,    ///< the frame was taken; the next one, please
    };
    Kind kind;
    Container container;
    Way way;
    std::uint32_t frames;  ///< wanted
    std::uint64_t bytes;   ///< of input
    MediaLimits limits;
};

/// Decoder to server.
struct Report {
    enum class Kind : std::uint32_t {
        ready,      ///< locked in; sent once
        picture,    ///< the picture is in the output
        frame,      ///< a frame is in the output
        end,        ///< that was the last frame; `facts` are there
        refused,    ///< nothing more comes; `reason` says why
        no_memory,  ///< the same: it would take more memory than the decoder may have
    };
    Kind kind;
    std::int32_t width;  ///< of what is in the output: rows of 3 × width bytes, BGR
    std::int32_t height;
    std::int32_t number;   ///< of a frame: its place in the medium, from 1
    std::int32_t planned;  ///< how many frames are to come in all
    double seconds;
    MediumFacts facts;
    std::array<char, 240> reason;  ///< ends with a zero
};

static_assert(std::is_trivially_copyable_v<Order> && std::is_trivially_copyable_v<Report> &&
              std::is_trivially_copyable_v<Command> && std::is_trivially_copyable_v<CommandResult>);

/// Whether a message went out or came in whole; the other end may be gone.
template <class Message>
bool send(int socket, const Message& message) {
    return ::send(socket, &message, sizeof message, MSG_NOSIGNAL) ==
           static_cast<ssize_t>(sizeof message);
}
template <class Message>
bool receive(int socket, Message& message) {
    return ::recv(socket, &message, sizeof message, 0) == static_cast<ssize_t>(sizeof message);
}

}  // namespace faceward::media::wire
