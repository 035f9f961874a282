#include "evaluation/discard.hpp"

#include <algorithm>

namespace faceward::evaluation {
namespace {

/// Comparisons of one quality, together.
struct Group {
    double quality;
    double all = 0;
    double missed = 0;
};

std::vector<Group> groups_of(std::vector<RatedComparison> comparisons) {
    std::ranges::sort(comparisons, {}, &RatedComparison::quality);
    std::vector<Group> groups;
    for (const RatedComparison& comparison : comparisons) {
        if (groups.empty() || groups.back().quality != comparison.quality)
            groups.push_back({comparison.quality});
        groups.back().all += comparison.weight;
        if (comparison.missed) groups.back().missed += comparison.weight;
    }
    return groups;
}

}  // namespace

std::vector<double> error_versus_discard(std::vector<RatedComparison> comparisons,
                                         std::span<const double> shares) {
    const std::vector<Group> groups = groups_of(std::move(comparisons));
    Group whole{0};
    for (const Group& group : groups) {
        whole.all += group.all;
        whole.missed += group.missed;
    }
    std::vector<double> rates;
    for (const double share : shares) {
        Group left = whole;
        double due = share * whole.all;
        for (const Group& group : groups) {
            if (!(due > 0)) break;
            const double part = std::min(1.0, due / group.all);
            due -= part * group.all;
            left.all -= part * group.all;
            left.missed -= part * group.missed;
        }
        rates.push_back(std::max(0.0, left.missed) / left.all);
    }
    return rates;
}

}  // namespace faceward::evaluation
