#include "engine/liveness/same_person.hpp"

#include <cmath>
#include <numeric>

namespace faceward::liveness {
namespace {

using Features = std::vector<float>;

void add(Features& sum, const Features& features) {
    if (sum.empty()) sum.assign(features.size(), 0);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += features[i];
}

double cosine(const Features& a, const Features& b) {
    const double product = std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    const double lengths = std::sqrt(std::inner_product(a.begin(), a.end(), a.begin(), 0.0) *
                                     std::inner_product(b.begin(), b.end(), b.begin(), 0.0));
    return lengths > 0 ? product / lengths : 0;
}

/// Whether most of the other frontal faces are not like that of a point.
bool is_unlike_most(std::span<const TrackPoint> track, std::size_t point, double least_similarity) {
    std::size_t others = 0;
    std::size_t unlike = 0;
    for (std::size_t i = 0; i < track.size(); ++i) {
        if (i == point || !track[i].frontal) continue;
        ++others;
        if (cosine(track[point].features, track[i].features) < least_similarity) ++unlike;
    }
    return 2 * unlike > others;
}

Features sum_of(std::span<const TrackPoint> track, std::size_t without) {
    Features sum;
    for (std::size_t i = 0; i < track.size(); ++i)
        if (i != without) add(sum, track[i].features);
    return sum;
}

}  // namespace

std::optional<std::size_t> another_person(std::span<const TrackPoint> track,
                                          double least_similarity) {
    for (std::size_t cut = 1; cut < track.size(); ++cut) {
        const Features before = sum_of(track.first(cut), track.size());
        const Features after = sum_of(track.subspan(cut), track.size());
        const bool seen = track[cut - 1].frontal && track[cut].frontal;
        const bool several = cut > 1 && track.size() - cut > 1;
        if ((seen || several) && cosine(before, after) < least_similarity) return cut;
    }
    for (std::size_t i = 0; track.size() > 2 && i < track.size(); ++i)
        if (track[i].frontal && (cosine(track[i].features, sum_of(track, i)) < least_similarity ||
                                 is_unlike_most(track, i, least_similarity)))
            return i;
    return std::nullopt;
}

}  // namespace faceward::liveness
