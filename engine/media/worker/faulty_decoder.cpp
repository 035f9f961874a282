// A decoder program for tests, which does what the bytes that it is sent tell it to: what a decoder
// might do once it was taken over by what it decodes.

#include "engine/media/wire.hpp"
#include "engine/media/worker/serve.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace faceward::media;

void take_memory() {
    std::vector<std::unique_ptr<char[]>> taken;
    constexpr std::size_t step = std::size_t{16} << 20U;
    while (true) {
        taken.push_back(std::make_unique_for_overwrite<char[]>(step));
        std::memset(taken.back().get(), 1, step);
    }
}

const std::map<std::string, std::function<void(wire::Report&)>> deeds{
    {"nothing", [](wire::Report&) {}},
    {"write to the log",
     [](wire::Report&) {
         for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
             if (::write(stream, "forged\n", 7) != 7) ::_exit(1);
     }},
    {"give a frame", [](wire::Report& report) { report.kind = wire::Report::Kind::frame; }},
    {"open a file", [](wire::Report&) { ::open("/etc/passwd", O_RDONLY); }},
    {"open a socket", [](wire::Report&) { ::socket(AF_INET, SOCK_STREAM, 0); }},
    {"start a program", [](wire::Report&) { ::execl("/bin/true", "true", nullptr); }},
    {"start a process", [](wire::Report&) { ::fork(); }},
    {"signal the server", [](wire::Report&) { ::kill(::getppid(), SIGTERM); }},
    {"run its own code",
     [](wire::Report&) {
         ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
     }},
    {"crash", [](wire::Report&) { __builtin_trap(); }},
    {"end", [](wire::Report&) { std::_Exit(7); }},
    {"write beyond the end",
     [](wire::Report&) {
         const volatile std::size_t behind = 10;  // or else the compiler sees through it
         std::vector<char> room(10);
         static_cast<volatile char*>(room.data())[behind] = 1;
     }},
    {"hang",
     [](wire::Report&) {
         for (volatile bool on = true; on;) {
         }
     }},
    {"take memory", [](wire::Report&) { take_memory(); }},
    {"report a picture that cannot be",
     [](wire::Report& report) { report.width = report.height = 1'000'000; }},
    {"report a size below zero", [](wire::Report& report) { report.width = -1; }},
    {"report nonsense",
     [](wire::Report& report) {
         report.kind = static_cast<wire::Report::Kind>(77);
         report.reason.fill('\x01');
     }},
};

void serve_deeds(int socket, const SharedRegion& input, const SharedRegion& output) {
    for (wire::Order order{}; wire::receive(socket, order);) {
        const std::string deed(input.bytes().begin(),
                               input.bytes().begin() + static_cast<std::ptrdiff_t>(order.bytes));
        wire::Report report{};
        report.kind = wire::Report::Kind::picture;
        report.width = report.height = 1;
        output.bytes()[0] = 42;
        try {
            deeds.at(deed)(report);
        } catch (const std::bad_alloc&) {
            report.kind = wire::Report::Kind::no_memory;
            std::strcpy(report.reason.data(), "no memory");
        }
        if (!wire::send(socket, report)) return;
    }
}

}  // namespace

int main() { return launch_decoders(wire::launcher_socket, &serve_deeds); }
