#pragma once

#include "service/ops/log.hpp"
#include "service/ops/metric_readings.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace faceward::ops {

/// Values of labels that are known from the start; their series begin at 0.
struct MetricLabels {
    std::span<const std::string_view> refusal_reasons;
    std::span<const std::string_view> decoder_failures;
};

/// What the operator can know of the program over time, in numbers, for Prometheus. Names, labels
/// and their values are an interface: docs/metrics.md tells all of them. Nothing biometric belongs
/// here; what strangers send must never become a label's value.
///
/// Thread safety: any thread at any time.
class Metrics {
  public:
    explicit Metrics(const MetricLabels& labels);
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// What runs: the versions of the program and its inference engine, the profile, and the kernel
    /// that compares templates.
    void build(std::string_view version, std::string_view inference, std::string_view profile,
               std::string_view kernel);
    /// A network that the program runs.
    void model(std::string_view name, std::string_view version, std::string_view role,
               std::string_view licence);

    /// A request is over.
    void request(const RequestEvent& request);
    /// The comparisons of a request: score (0…1), and decision or nothing.
    void comparisons(std::string_view route,
                     std::span<const std::pair<double, std::string_view>> scores);
    /// A medium of that kind was judged; the probability is 0…1.
    void liveness(std::string_view medium, double attack_probability, bool passed);

    void decoder_failed(std::string_view kind);
    void webhook_ended(std::string_view outcome);
    /// Something went wrong that no caller is told.
    void fault();
    /// The settings were to be read anew: they were taken over, or refused.
    void reload(bool applied);

    /// All of it in the text format of Prometheus, version 0.0.4.
    std::string text(const Readings& now);

  private:
    struct Series;
    std::unique_ptr<Series> series_;
};

}  // namespace faceward::ops
