#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace faceward::ops {

/// The series of a metric by the values of its N labels. The library would build and hash a map of
/// strings for each look; here one look costs comparisons. Thread-safe.
template <class Metric, std::size_t N>
class MetricSeries {
  public:
    using Names = std::array<std::string_view, N>;
    using Make = std::function<Metric&(const prometheus::Labels&)>;

    /// `make` gives a new series for some labels. The names must outlive this.
    MetricSeries(Names names, Make make) : names_(names), make_(std::move(make)) {}

    /// The series with these values, in the order of the names; made where it is not there.
    Metric& at(const Names& values) {
        const std::scoped_lock lock(mutex_);
        if (const auto known = series_.find(values); known != series_.end()) return *known->second;
        Key key;
        prometheus::Labels labels;
        for (std::size_t i = 0; i < N; ++i) {
            key[i] = values[i];
            labels.emplace(names_[i], key[i]);
        }
        return *series_.emplace(std::move(key), &make_(labels)).first->second;
    }

  private:
    using Key = std::array<std::string, N>;
    struct Less {
        using is_transparent = void;
        bool operator()(const auto& a, const auto& b) const {
            return std::ranges::lexicographical_compare(
                a, b, [](std::string_view x, std::string_view y) { return x < y; });
        }
    };

    const Names names_;
    const Make make_;
    std::mutex mutex_;
    std::map<Key, Metric*, Less> series_;
};

/// A family of counters, gauges or histograms, registered; labels as `MetricSeries` has them.
template <std::size_t N>
MetricSeries<prometheus::Counter, N> counters(prometheus::Registry& registry, const char* name,
                                              const char* help,
                                              std::array<std::string_view, N> labels) {
    auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(registry);
    return {labels,
            [&family](const auto& values) -> prometheus::Counter& { return family.Add(values); }};
}

template <std::size_t N>
MetricSeries<prometheus::Gauge, N> gauges(prometheus::Registry& registry, const char* name,
                                          const char* help,
                                          std::array<std::string_view, N> labels) {
    auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(registry);
    return {labels,
            [&family](const auto& values) -> prometheus::Gauge& { return family.Add(values); }};
}

/// `bounds`, ascending, must outlive what is returned.
template <std::size_t N>
MetricSeries<prometheus::Histogram, N> histograms(prometheus::Registry& registry, const char* name,
                                                  const char* help, std::span<const double> bounds,
                                                  std::array<std::string_view, N> labels) {
    auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
    return {labels, [&family, bounds](const auto& values) -> prometheus::Histogram& {
                return family.Add(
                    values, prometheus::Histogram::BucketBoundaries(bounds.begin(), bounds.end()));
            }};
}

/// One without labels.
inline prometheus::Counter& counter(prometheus::Registry& registry, const char* name,
                                    const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

inline prometheus::Gauge& gauge(prometheus::Registry& registry, const char* name,
                                const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

}  // namespace faceward::ops
