#include "service/ops/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace faceward::ops {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view reasons[] = {"bad_request", "queue_full"};
constexpr std::string_view failures[] = {"crash", "time_limit"};

class MetricsTest : public testing::Test {
  protected:
    std::string text() { return metrics.text({}); }

    Metrics metrics{{reasons, failures}};
};

RequestEvent event(std::string_view route, int status,
                   std::span<const std::pair<std::string, double>> stages) {
    RequestEvent request{};
    request.route = route;
    request.status = status;
    request.bytes_in = 10;
    request.bytes_out = 20;
    request.delivered = true;
    request.stages_ms = stages;
    return request;
}

TEST_F(MetricsTest, BeginAtZeroWhereTheLabelsAreKnown) {
    EXPECT_THAT(text(), HasSubstr("faceward_refusals_total{reason=\"queue_full\"} 0\n"));
    EXPECT_THAT(text(), HasSubstr("faceward_decoder_failures_total{failure=\"crash\"} 0\n"));
    EXPECT_THAT(text(), HasSubstr("faceward_webhooks_total{outcome=\"not_allowed\"} 0\n"));
    EXPECT_THAT(text(), HasSubstr("faceward_faults_total 0\n"));
}

TEST_F(MetricsTest, CountRequestsByRouteStatusAndCode) {
    metrics.request(event("/a", 200, {}));
    metrics.request(event("/a", 200, {}));
    RequestEvent refused = event("/a", 503, {});
    refused.code = "SRV-503";
    refused.reason = "queue_full";
    refused.delivered = false;
    metrics.request(refused);
    const std::string all = text();
    EXPECT_THAT(all,
                HasSubstr("faceward_requests_total{code=\"\",route=\"/a\",status=\"200\"} 2\n"));
    EXPECT_THAT(
        all,
        HasSubstr("faceward_requests_total{code=\"SRV-503\",route=\"/a\",status=\"503\"} 1\n"));
    EXPECT_THAT(all, HasSubstr("faceward_refusals_total{reason=\"queue_full\"} 1\n"));
    EXPECT_THAT(all, HasSubstr("faceward_undelivered_total{route=\"/a\"} 1\n"));
    EXPECT_THAT(all, HasSubstr("faceward_received_bytes_total 30\n"));
    EXPECT_THAT(all, HasSubstr("faceward_sent_bytes_total 60\n"));
}

TEST_F(MetricsTest, TellWaitingFromWorkInSeconds) {
    const std::vector<std::pair<std::string, double>> stages{
        {"read", 1}, {"handle", 40}, {"write", 2}, {"queue", 30}, {"detect", 8}};
    metrics.request(event("/a", 200, stages));
    const std::string all = text();
    EXPECT_THAT(all, HasSubstr("faceward_request_duration_seconds_sum{route=\"/a\"} 0.04\n"));
    EXPECT_THAT(all, HasSubstr("faceward_queue_wait_seconds_sum{route=\"/a\"} 0.03\n"));
    EXPECT_THAT(all, HasSubstr("faceward_stage_duration_seconds_sum{stage=\"detect\"} 0.008\n"));
    EXPECT_THAT(all, HasSubstr("faceward_stage_duration_seconds_count{stage=\"read\"} 1\n"));
    EXPECT_THAT(all, Not(HasSubstr("stage=\"queue\"")));
    EXPECT_THAT(all, Not(HasSubstr("stage=\"handle\"")));
}

TEST_F(MetricsTest, PutScoresIntoBucketsWhoseUpperBoundCounts) {
    const std::vector<std::pair<double, std::string_view>> scores{
        {0.0, "declined"}, {0.85, "approved"}, {0.850001, "approved"}, {1.0, "approved"}};
    metrics.comparisons("/n", scores);
    metrics.comparisons("/n", {});
    const std::string all = text();
    const std::string bucket = "faceward_comparison_score_bucket{route=\"/n\",le=\"";
    EXPECT_THAT(all, HasSubstr(bucket + "0.05\"} 1\n"));
    EXPECT_THAT(all, HasSubstr(bucket + "0.8\"} 1\n"));
    EXPECT_THAT(all, HasSubstr(bucket + "0.85\"} 2\n"));
    EXPECT_THAT(all, HasSubstr(bucket + "0.9\"} 3\n"));
    EXPECT_THAT(all, HasSubstr(bucket + "1\"} 4\n"));
    EXPECT_THAT(all, HasSubstr(bucket + "+Inf\"} 4\n"));
    EXPECT_THAT(all, HasSubstr("faceward_comparison_score_sum{route=\"/n\"} 2.700001\n"));
    EXPECT_THAT(all, HasSubstr("faceward_decisions_total{decision=\"approved\",route=\"/n\"} 3\n"));
    EXPECT_THAT(all, HasSubstr("faceward_decisions_total{decision=\"declined\",route=\"/n\"} 1\n"));
}

TEST_F(MetricsTest, CountNoDecisionWhereNoneWasTaken) {
    const std::vector<std::pair<double, std::string_view>> scores{{0.7, ""}};
    metrics.comparisons("/v", scores);
    EXPECT_THAT(text(), HasSubstr("faceward_comparison_score_count{route=\"/v\"} 1\n"));
    EXPECT_THAT(text(), Not(HasSubstr("faceward_decisions_total{")));
}

TEST_F(MetricsTest, CountMediaByKindAndVerdict) {
    metrics.liveness("video", 0.9, false);
    metrics.liveness("video", 0.1, true);
    const std::string all = text();
    EXPECT_THAT(all,
                HasSubstr("faceward_liveness_total{medium=\"video\",verdict=\"declined\"} 1\n"));
    EXPECT_THAT(all, HasSubstr("faceward_liveness_total{medium=\"video\",verdict=\"passed\"} 1\n"));
    EXPECT_THAT(all,
                HasSubstr("faceward_attack_probability_bucket{medium=\"video\",le=\"0.5\"} 1\n"));
}

TEST_F(MetricsTest, ShowReadingsAsTheyAreWhenAsked) {
    Readings now;
    now.decoders_started = 5;
    now.decoders_ended = 3;
    now.pattern_ready = true;
    metrics.text(now);
    now.decoders_started = 7;
    now.queue_length = 4;
    const std::string all = metrics.text(now);
    EXPECT_THAT(all, HasSubstr("faceward_decoders 4\n"));
    EXPECT_THAT(all, HasSubstr("faceward_decoder_starts_total 7\n"));
    EXPECT_THAT(all, HasSubstr("faceward_queue_length 4\n"));
    EXPECT_THAT(all, HasSubstr("faceward_ready{group=\"pattern\"} 1\n"));
    EXPECT_THAT(all, HasSubstr("faceward_ready{group=\"liveness\"} 0\n"));
    EXPECT_THAT(all, HasSubstr("\nprocess_resident_memory_bytes "));
}

}  // namespace
}  // namespace faceward::ops
