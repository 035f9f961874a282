#pragma once

#include "engine/media/descriptor.hpp"
#include "engine/media/shared_region.hpp"
#include "engine/media/wire.hpp"
#include "engine/result.hpp"

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace faceward::media {

/// A decoder that runs: its socket, and how the launcher calls it.
struct DecoderProcess {
    pid_t number = 0;
    Descriptor socket;
};

/// Decoders since the start of the program.
struct DecoderCounts {
    std::uint64_t started = 0;
    std::uint64_t ended = 0;
};

/// In words how a process ended, by its status as waitpid(2) gives it, if it is known: "was killed
/// by signal 31".
std::string describe_end(std::optional<int> status);

/// The program that starts decoders (app/decoder.cpp), itself started by this object and ended with
/// it. It never sees a foreign byte; its children do. Thread-safe.
class Launcher {
  public:
    struct Options {
        std::filesystem::path program;
        std::uint64_t max_memory_bytes = std::uint64_t{1} << 30U;  ///< of each decoder
        bool locked = true;  ///< decoders lock themselves in (engine/media/worker/lockdown.hpp)
        /// For the program's answers, and for a decoder to be ready.
        std::chrono::milliseconds timeout{10'000};
    };

    explicit Launcher(Options options) : options_(std::move(options)) {}
    ~Launcher();
    Launcher(const Launcher&) = delete;
    Launcher& operator=(const Launcher&) = delete;

    /// A decoder that has locked itself in, over these two regions. Starts the program first where
    /// it does not run, or does not answer. Fails with `decoder_failed`.
    Result<DecoderProcess> start(const SharedRegion& input, const SharedRegion& output);

    /// Kills a decoder if it still lives. Gives its status as waitpid(2) does; nothing if it is not
    /// known.
    std::optional<int> end(DecoderProcess decoder);

    DecoderCounts counts() const { return {started_, ended_}; }

  private:
    Result<void> run_program();
    void stop_program();
    bool command(const wire::Command& command, std::span<const int> descriptors,
                 wire::CommandResult& result);

    const Options options_;
    std::mutex mutex_;
    pid_t program_ = 0;
    Descriptor socket_;
    std::atomic<std::uint64_t> started_ = 0;
    std::atomic<std::uint64_t> ended_ = 0;
};

}  // namespace faceward::media
