#pragma once

#include "engine/media/decoder.hpp"
#include "service/api/service.hpp"
#include "service/ops/log.hpp"
#include "service/ops/metrics.hpp"
#include "service/ops/webhook.hpp"

#include <string_view>

namespace faceward::app {

/// The one place through which what happens goes into the log and the metrics. Functions may be
/// called from any thread.
class Watching {
  public:
    /// The log must outlive this.
    explicit Watching(const ops::Log& log);

    /// Of the service; this must outlive it.
    api::Observer observer();

    /// What runs from now on.
    void serving(const Engine& engine);

    void decoder_failed(media::DecoderFailure failure, std::string_view what);
    void webhook_ended(const ops::WebhookEvent& event);
    /// Something went wrong that no caller is told; `request_id` may be empty.
    void fault(std::string_view request_id, std::string_view what);

    ops::Metrics& metrics() { return metrics_; }

  private:
    void finished(const http::Exchange& exchange, std::string_view route);
    void answered(std::string_view route, const api::Outcomes& outcomes);

    const ops::Log& log_;
    ops::Metrics metrics_;
};

}  // namespace faceward::app
