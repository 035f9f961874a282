#pragma once

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

namespace faceward {

/// Milliseconds spent in named stages.
using StageTimes = std::vector<std::pair<std::string_view, double>>;

/// Notes how long each stage took; a stage that comes again is added to.
class Stopwatch {
  public:
    /// The time since the last call (or the start) belongs to this stage.
    void lap(std::string_view stage) {
        const auto now = std::chrono::steady_clock::now();
        const double ms = std::chrono::duration<double, std::milli>(now - last_).count();
        last_ = now;
        const auto known = std::ranges::find(times_, stage, [](const auto& t) { return t.first; });
        if (known == times_.end())
            times_.emplace_back(stage, ms);
        else
            known->second += ms;
    }
    StageTimes take() { return std::move(times_); }

  private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
    StageTimes times_;
};

}  // namespace faceward
