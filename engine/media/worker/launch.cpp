#include "engine/media/wire.hpp"
#include "engine/media/worker/lockdown.hpp"
#include "engine/media/worker/sanitizer.hpp"
#include "engine/media/worker/serve.hpp"

#include <iconv.h>
#include <sys/wait.h>

#include <array>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace faceward::media {
namespace {

using wire::Command;
using wire::CommandResult;

/// A command and the descriptors that came with it.
struct Received {
    Command command{};
    std::array<Descriptor, 3> descriptors;
};

std::optional<Received> receive_command(int socket) {
    Received received;
    constexpr std::size_t room = CMSG_SPACE(3 * sizeof(int));
    alignas(cmsghdr) std::array<char, room> control{};
    iovec data{&received.command, sizeof received.command};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != sizeof received.command)
        return std::nullopt;
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_type != SCM_RIGHTS) continue;
        std::array<int, 3> numbers{-1, -1, -1};
        const std::size_t bytes = header->cmsg_len - CMSG_LEN(0);
        std::memcpy(numbers.data(), CMSG_DATA(header), std::min(bytes, sizeof numbers));
        for (std::size_t i = 0; i < numbers.size(); ++i)
            received.descriptors.at(i) = Descriptor(numbers.at(i));
    }
    return received;
}

/// The child's side of a start. Never returns.
[[noreturn]] void live_as_decoder(Received received, int launcher_socket, Serve serve) {
    ::close(launcher_socket);
    const Descriptor socket = std::move(received.descriptors[0]);
    auto input =
        SharedRegion::adopt(std::move(received.descriptors[1]), SharedRegion::Access::read);
    auto output =
        SharedRegion::adopt(std::move(received.descriptors[2]), SharedRegion::Access::read_write);
    if (!input || !output) std::_Exit(EXIT_FAILURE);
    input->close_descriptor();
    output->close_descriptor();
    if (received.command.locked != 0 && !lock_in(socket.get(), received.command.max_memory_bytes))
        std::_Exit(EXIT_FAILURE);
    wire::Report ready{};
    ready.kind = wire::Report::Kind::ready;
    if (wire::send(socket.get(), ready)) serve(socket.get(), *input, *output);
    std::_Exit(EXIT_SUCCESS);
}

CommandResult start(Received received, int launcher_socket, Serve serve) {
    const pid_t process = ::fork();
    if (process == 0) live_as_decoder(std::move(received), launcher_socket, serve);
    return {process > 0 ? process : 0, 0};
}

/// A decoder that ended by itself keeps the status of its own end.
CommandResult end(pid_t process) {
    int status = 0;
    if (process <= 0) return {process, status};
    ::kill(process, SIGKILL);
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return {process, status};
}

/// A conversion of the C library, open as long as this lives.
using Conversion = std::unique_ptr<void, decltype([](iconv_t open) { ::iconv_close(open); })>;

/// The character sets in which transport streams name their programmes (ETSI EN 300 468, annex A):
/// decoders convert such names, though nobody reads them here. They are loaded as long as a
/// conversion is open.
std::vector<Conversion> load_character_sets() {
    std::vector<std::string> names{"ISO6937", "UCS-2BE", "KSC_5601", "GB2312"};
    for (int part = 1; part <= 15; ++part) names.push_back("ISO-8859-" + std::to_string(part));
    std::vector<Conversion> loaded;
    loaded.reserve(names.size());
    // A set that there is not gives a conversion that iconv_close refuses.
    for (const std::string& name : names) loaded.emplace_back(::iconv_open("UTF-8", name.c_str()));
    return loaded;
}

}  // namespace

int launch_decoders(int socket, Serve serve) {
    // Libraries would look these up in files, which decoders cannot open.
    ::setenv("TZ", "UTC0", 1);
    ::tzset();
    std::setlocale(LC_CTYPE, "C.UTF-8");
    const std::vector<Conversion> character_sets = load_character_sets();
    sanitizer::load_symbols();
    // What a person at the terminal interrupts is the server, which then ends this program.
    std::signal(SIGHUP, SIG_IGN);
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_IGN);
    while (auto received = receive_command(socket)) {
        const Command& command = received->command;
        const CommandResult result = command.kind == Command::Kind::start
                                         ? start(std::move(*received), socket, serve)
                                         : end(command.process);
        if (!wire::send(socket, result)) break;
    }
    return EXIT_SUCCESS;
}

}  // namespace faceward::media
