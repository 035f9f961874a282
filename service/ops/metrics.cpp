#include "service/ops/metrics.hpp"

#include "service/ops/metric_series.hpp"
#include "service/ops/webhook.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

namespace faceward::ops {
namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;

/// What is timed takes from some microseconds (a comparison) to seconds (a video).
constexpr std::array seconds{0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001,
                             0.0025,  0.005,    0.01,    0.025,  0.05,    0.1,    0.25,
                             0.5,     1.0,      2.5,     5.0,    10.0,    30.0};
constexpr std::array twentieths{0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
                                0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0};

void observe_ms(Histogram& histogram, double ms) { histogram.Observe(ms / 1000); }

/// Scores in as many buckets as the bounds make, the last without a bound, for one observation.
struct Buckets {
    void add(double score) {
        const auto bucket = std::ranges::lower_bound(twentieths, score) - twentieths.begin();
        counts[static_cast<std::size_t>(bucket)] += 1;
        sum += score;
    }
    std::vector<double> counts = std::vector<double>(twentieths.size() + 1);
    double sum = 0;
};

}  // namespace

struct Metrics::Series {
    Registry registry;
    ReadingMetrics readings{registry};
    std::mutex one_reader;

    MetricSeries<Gauge, 4> build = gauges<4>(registry, "faceward_build_info", "What runs; always 1",
                                             {"version", "inference", "profile", "kernel"});
    MetricSeries<Gauge, 4> model =
        gauges<4>(registry, "faceward_model_info", "A network that is used; always 1",
                  {"name", "version", "role", "licence"});

    MetricSeries<Counter, 3> requests =
        counters<3>(registry, "faceward_requests_total", "Requests that were answered",
                    {"route", "status", "code"});
    MetricSeries<Counter, 1> undelivered =
        counters<1>(registry, "faceward_undelivered_total",
                    "Answers that their client did not take", {"route"});
    MetricSeries<Counter, 1> refusals = counters<1>(
        registry, "faceward_refusals_total", "Requests that were refused, by why", {"reason"});
    Counter& bytes_in = counter(registry, "faceward_received_bytes_total",
                                "Bytes of requests, as they came over the wire");
    Counter& bytes_out = counter(registry, "faceward_sent_bytes_total",
                                 "Bytes of answers, as far as clients took them");
    MetricSeries<Histogram, 1> duration = histograms<1>(
        registry, "faceward_request_duration_seconds",
        "From the last byte of a request to its answer being ready", seconds, {"route"});
    MetricSeries<Histogram, 1> queue_wait =
        histograms<1>(registry, "faceward_queue_wait_seconds",
                      "Time that a request waited for a worker slot", seconds, {"route"});
    MetricSeries<Histogram, 1> stage =
        histograms<1>(registry, "faceward_stage_duration_seconds",
                      "Work in a stage of a request, summed over its pictures", seconds, {"stage"});

    MetricSeries<Histogram, 1> scores = histograms<1>(
        registry, "faceward_comparison_score", "Scores of comparisons", twentieths, {"route"});
    MetricSeries<Counter, 2> decisions = counters<2>(
        registry, "faceward_decisions_total", "Decisions on comparisons", {"route", "decision"});
    MetricSeries<Histogram, 1> attack_probability =
        histograms<1>(registry, "faceward_attack_probability",
                      "Probability of a presentation attack in a medium", twentieths, {"medium"});
    MetricSeries<Counter, 2> verdicts = counters<2>(
        registry, "faceward_liveness_total", "Media that were judged", {"medium", "verdict"});

    MetricSeries<Counter, 1> decoder_failures =
        counters<1>(registry, "faceward_decoder_failures_total",
                    "Decoding processes that failed, by how", {"failure"});
    MetricSeries<Counter, 1> webhooks =
        counters<1>(registry, "faceward_webhooks_total", "Webhooks by how they ended", {"outcome"});
    MetricSeries<Counter, 1> reloads =
        counters<1>(registry, "faceward_reloads_total",
                    "Times that settings were read anew while running", {"reload"});
    Counter& faults =
        counter(registry, "faceward_faults_total", "What went wrong inside and no caller is told");
};

Metrics::Metrics(const MetricLabels& labels) : series_(std::make_unique<Series>()) {
    for (const std::string_view reason : labels.refusal_reasons) series_->refusals.at({reason});
    for (const std::string_view failure : labels.decoder_failures)
        series_->decoder_failures.at({failure});
    for (const std::string_view reload : {"applied", "refused"}) series_->reloads.at({reload});
    for (const std::string_view outcome : words<WebhookOutcome>) series_->webhooks.at({outcome});
}

Metrics::~Metrics() = default;

void Metrics::build(std::string_view version, std::string_view inference, std::string_view profile,
                    std::string_view kernel) {
    series_->build.at({version, inference, profile, kernel}).Set(1);
}

void Metrics::model(std::string_view name, std::string_view version, std::string_view role,
                    std::string_view licence) {
    series_->model.at({name, version, role, licence}).Set(1);
}

void Metrics::request(const RequestEvent& request) {
    Series& to = *series_;
    const std::string status = std::to_string(request.status);
    to.requests.at({request.route, status, request.code}).Increment();
    if (!request.delivered) to.undelivered.at({request.route}).Increment();
    if (!request.reason.empty()) to.refusals.at({request.reason}).Increment();
    to.bytes_in.Increment(static_cast<double>(request.bytes_in));
    to.bytes_out.Increment(static_cast<double>(request.bytes_out));
    for (const auto& [stage, ms] : request.stages_ms)
        if (stage == "handle")
            observe_ms(to.duration.at({request.route}), ms);
        else if (stage == "queue")
            observe_ms(to.queue_wait.at({request.route}), ms);
        else
            observe_ms(to.stage.at({stage}), ms);
}

void Metrics::comparisons(std::string_view route,
                          std::span<const std::pair<double, std::string_view>> scores) {
    if (scores.empty()) return;
    Buckets buckets;
    std::vector<std::pair<std::string_view, double>> decisions;
    for (const auto& [score, decision] : scores) {
        buckets.add(score);
        if (decision.empty()) continue;
        const auto known =
            std::ranges::find(decisions, decision, &decltype(decisions)::value_type::first);
        if (known == decisions.end())
            decisions.emplace_back(decision, 1);
        else
            known->second += 1;
    }
    series_->scores.at({route}).ObserveMultiple(buckets.counts, buckets.sum);
    for (const auto& [decision, count] : decisions)
        series_->decisions.at({route, decision}).Increment(count);
}

void Metrics::liveness(std::string_view medium, double attack_probability, bool passed) {
    series_->attack_probability.at({medium}).Observe(attack_probability);
    series_->verdicts.at({medium, passed ? "passed" : "declined"}).Increment();
}

void Metrics::decoder_failed(std::string_view kind) {
    series_->decoder_failures.at({kind}).Increment();
}

void Metrics::webhook_ended(std::string_view outcome) {
    series_->webhooks.at({outcome}).Increment();
}

void Metrics::reload(bool applied) {
    series_->reloads.at({applied ? "applied" : "refused"}).Increment();
}

void Metrics::fault() { series_->faults.Increment(); }

std::string Metrics::text(const Readings& now) {
    const std::scoped_lock lock(series_->one_reader);
    series_->readings.update(now);
    return prometheus::TextSerializer().Serialize(series_->registry.Collect());
}

}  // namespace faceward::ops
