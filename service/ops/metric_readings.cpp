#include "service/ops/metric_readings.hpp"

#include "service/ops/metric_series.hpp"
#include "service/ops/process_stats.hpp"

namespace faceward::ops {
namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Registry;

/// Brings a counter to what has been counted elsewhere.
void raise(Counter& counter, double to) { counter.Increment(to - counter.Value()); }

/// The metrics that Prometheus expects of every process, by its own names.
struct ProcessSeries {
    explicit ProcessSeries(Registry& registry)
        : cpu(counter(registry, "process_cpu_seconds_total", "User and system time, in seconds")),
          start(gauge(registry, "process_start_time_seconds", "Unix time of the start")),
          resident(gauge(registry, "process_resident_memory_bytes", "Resident memory")),
          virtual_memory(gauge(registry, "process_virtual_memory_bytes", "Address space")),
          open(gauge(registry, "process_open_fds", "Open file descriptors")),
          most(gauge(registry, "process_max_fds", "Most file descriptors that may be open")) {}

    void update(const ProcessStats& now) {
        raise(cpu, now.cpu_seconds);
        start.Set(now.start_seconds);
        resident.Set(static_cast<double>(now.resident_bytes));
        virtual_memory.Set(static_cast<double>(now.virtual_bytes));
        open.Set(static_cast<double>(now.open_descriptors));
        most.Set(static_cast<double>(now.max_descriptors));
    }

    Counter& cpu;
    Gauge& start;
    Gauge& resident;
    Gauge& virtual_memory;
    Gauge& open;
    Gauge& most;
};

}  // namespace

struct ReadingMetrics::Series {
    explicit Series(Registry& registry)
        : ready(gauges<1>(registry, "faceward_ready", "Whether a group of methods answers: 1 or 0",
                          {"group"})),
          slots(gauge(registry, "faceward_slots", "Worker slots")),
          slots_busy(gauge(registry, "faceward_slots_busy", "Worker slots at work")),
          queue_length(gauge(registry, "faceward_queue_length", "Requests that wait for a slot")),
          queue_limit(gauge(registry, "faceward_queue_limit", "Requests that may wait for a slot")),
          connections(gauge(registry, "faceward_connections", "Open connections")),
          body_bytes(gauge(registry, "faceward_body_bytes",
                           "Bytes of request bodies, arriving or in work")),
          webhooks_pending(
              gauge(registry, "faceward_webhooks_pending", "Webhooks not at their end yet")),
          decoders(gauge(registry, "faceward_decoders", "Decoding processes that run")),
          decoder_starts(counter(registry, "faceward_decoder_starts_total",
                                 "Decoding processes that were started")),
          process(registry) {}

    MetricSeries<Gauge, 1> ready;
    Gauge& slots;
    Gauge& slots_busy;
    Gauge& queue_length;
    Gauge& queue_limit;
    Gauge& connections;
    Gauge& body_bytes;
    Gauge& webhooks_pending;
    Gauge& decoders;
    Counter& decoder_starts;
    ProcessSeries process;
};

ReadingMetrics::ReadingMetrics(Registry& registry) : series_(std::make_unique<Series>(registry)) {}
ReadingMetrics::~ReadingMetrics() = default;

void ReadingMetrics::update(const Readings& now) {
    Series& to = *series_;
    to.ready.at({"pattern"}).Set(now.pattern_ready ? 1 : 0);
    to.ready.at({"liveness"}).Set(now.liveness_ready ? 1 : 0);
    to.slots.Set(static_cast<double>(now.slots));
    to.slots_busy.Set(static_cast<double>(now.slots_busy));
    to.queue_length.Set(static_cast<double>(now.queue_length));
    to.queue_limit.Set(static_cast<double>(now.queue_limit));
    to.connections.Set(static_cast<double>(now.connections));
    to.body_bytes.Set(static_cast<double>(now.body_bytes));
    to.webhooks_pending.Set(static_cast<double>(now.webhooks_pending));
    to.decoders.Set(static_cast<double>(now.decoders_started - now.decoders_ended));
    raise(to.decoder_starts, static_cast<double>(now.decoders_started));
    to.process.update(process_stats());
}

}  // namespace faceward::ops
