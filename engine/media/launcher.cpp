#include "engine/media/launcher.hpp"

#include "engine/media/wait.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>

namespace faceward::media {
namespace {

struct SocketPair {
    Descriptor ours;
    Descriptor theirs;
};

std::optional<SocketPair> socket_pair() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return std::nullopt;
    return SocketPair{Descriptor(ends[0]), Descriptor(ends[1])};
}

bool send_with_descriptors(int socket, const wire::Command& command,
                           std::span<const int> descriptors) {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(3 * sizeof(int))> control{};
    wire::Command copy = command;
    iovec data{&copy, sizeof copy};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    if (!descriptors.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(descriptors.size_bytes());
        std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size_bytes());
    }
    return ::sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof copy);
}

/// The whole environment of the program: the server's may hold secrets. glibc's allocator takes
/// large pages and gives little back, because decoders live so short that page faults would take a
/// good part of their time.
constexpr std::string_view decoder_environment =
    "GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:"
    "glibc.malloc.trim_threshold=8388608";

/// Starts the program with its end of the socket where it looks for it, and with signals as a new
/// program expects them: the server's threads may block some.
pid_t spawn(const std::filesystem::path& program, int socket) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, socket, wire::launcher_socket);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    std::string name = program.string();
    std::array<char*, 2> arguments{name.data(), nullptr};
    std::string variable(decoder_environment);
    std::array<char*, 2> environment{variable.data(), nullptr};
    pid_t process = 0;
    const int status = ::posix_spawn(&process, name.c_str(), &actions, &attributes,
                                     arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return status == 0 ? process : 0;
}

}  // namespace

std::string describe_end(std::optional<int> status) {
    if (!status) return "is gone";
    if (WIFSIGNALED(*status)) return "was killed by signal " + std::to_string(WTERMSIG(*status));
    return "ended with status " + std::to_string(WEXITSTATUS(*status));
}

Launcher::~Launcher() { stop_program(); }

Result<DecoderProcess> Launcher::start(const SharedRegion& input, const SharedRegion& output) {
    auto sockets = socket_pair();
    if (!sockets) return fail(Fault::decoder_failed, "no socket for a decoder");
    const wire::Command start{wire::Command::Kind::start, 0, options_.max_memory_bytes,
                              options_.locked ? 1U : 0U};
    const std::array descriptors{sockets->theirs.get(), input.descriptor(), output.descriptor()};
    wire::CommandResult started{};
    {
        const std::scoped_lock lock(mutex_);
        if (program_ == 0 || !command(start, descriptors, started)) {
            // It does not run yet, or has died (the system was out of memory), or hangs: once more,
            // from new.
            stop_program();
            if (auto run = run_program(); !run) return tl::make_unexpected(run.error());
            if (!command(start, descriptors, started)) started.process = 0;
        }
    }
    if (started.process <= 0) return fail(Fault::decoder_failed, "no decoder can be started");
    ++started_;
    sockets->theirs = {};
    DecoderProcess decoder{started.process, std::move(sockets->ours)};
    wire::Report ready{};
    if (wait_for(decoder.socket.get(), options_.timeout) == Waited::message &&
        wire::receive(decoder.socket.get(), ready) && ready.kind == wire::Report::Kind::ready)
        return decoder;
    return fail(Fault::decoder_failed,
                "a decoder cannot lock itself in: it " + describe_end(end(std::move(decoder))));
}

std::optional<int> Launcher::end(DecoderProcess decoder) {
    ++ended_;
    const wire::Command command_to_end{wire::Command::Kind::end, decoder.number, 0, 0};
    wire::CommandResult ended{};
    const std::scoped_lock lock(mutex_);
    if (program_ == 0 || !command(command_to_end, {}, ended)) return std::nullopt;
    return ended.status;
}

Result<void> Launcher::run_program() {
    auto sockets = socket_pair();
    if (!sockets) return fail(Fault::decoder_failed, "no socket for the decoders' launcher");
    // dup2 onto itself would leave the close-on-exec flag set.
    if (sockets->theirs.get() == wire::launcher_socket)
        sockets->theirs =
            Descriptor(::fcntl(wire::launcher_socket, F_DUPFD_CLOEXEC, wire::launcher_socket + 1));
    program_ = spawn(options_.program, sockets->theirs.get());
    if (program_ == 0)
        return fail(Fault::decoder_failed, "the decoder program cannot be started: " +
                                               options_.program.filename().string());
    socket_ = std::move(sockets->ours);
    return {};
}

void Launcher::stop_program() {
    socket_ = {};
    if (program_ == 0) return;
    ::kill(program_, SIGKILL);
    while (::waitpid(program_, nullptr, 0) < 0 && errno == EINTR) {
    }
    program_ = 0;
}

bool Launcher::command(const wire::Command& command, std::span<const int> descriptors,
                       wire::CommandResult& result) {
    return send_with_descriptors(socket_.get(), command, descriptors) &&
           wait_for(socket_.get(), options_.timeout) == Waited::message &&
           wire::receive(socket_.get(), result);
}

}  // namespace faceward::media
