#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace prometheus {
class Registry;
}

namespace faceward::ops {

/// What is read off the program when its metrics are asked for.
struct Readings {
    std::size_t slots = 0;
    std::size_t slots_busy = 0;
    std::size_t queue_length = 0;
    std::size_t queue_limit = 0;
    std::size_t connections = 0;
    std::size_t body_bytes = 0;  ///< of requests, arriving or in work
    std::size_t webhooks_pending = 0;
    std::uint64_t decoders_started = 0;  ///< since the start
    std::uint64_t decoders_ended = 0;    ///< likewise
    bool pattern_ready = false;
    bool liveness_ready = false;
};

/// Metrics whose values are read off the program and the process. Used by one thread at a time.
class ReadingMetrics {
  public:
    /// Registers them; the registry must outlive this.
    explicit ReadingMetrics(prometheus::Registry& registry);
    ~ReadingMetrics();

    void update(const Readings& now);

  private:
    struct Series;
    std::unique_ptr<Series> series_;
};

}  // namespace faceward::ops
