#include "engine/model/error_rates.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::model {
namespace {

/// FMRs at rising scores.
std::vector<RatePoint> points_of(const std::vector<RatePoint>& rates, const std::string& set) {
    std::vector<RatePoint> points;
    std::ranges::copy_if(rates, std::back_inserter(points),
                         [&](const RatePoint& rate) { return rate.set == set; });
    std::ranges::sort(points, {}, &RatePoint::score);
    return points;
}

}  // namespace

std::optional<FalseMatchRate> false_match_rate(const CalibrationEntry& calibration, double score) {
    if (calibration.rates.empty()) return std::nullopt;
    const std::string& set = calibration.rates.front().set;
    RatePoint before{0, 1, 0, set};
    for (const RatePoint& point : points_of(calibration.rates, set)) {
        if (score <= before.score) break;
        if (!(point.fmr > 0)) return FalseMatchRate{std::nullopt, before.fmr, set};
        if (score <= point.score) {
            const double way = (score - before.score) / (point.score - before.score);
            return FalseMatchRate{before.fmr * std::pow(point.fmr / before.fmr, way), std::nullopt,
                                  set};
        }
        before = point;
    }
    if (score > before.score) return FalseMatchRate{std::nullopt, before.fmr, set};
    return FalseMatchRate{before.fmr, std::nullopt, set};
}

}  // namespace faceward::model
