#pragma once

#include <span>
#include <vector>

namespace faceward::evaluation {

/// A mated comparison at some threshold.
struct RatedComparison {
    double quality = 0;  ///< of the worse of its two samples
    bool missed = false;
    double weight = 1;
};

/// The FNMR of what is left when these shares (rising, each in [0, 1)) of the comparisons are left
/// out, the worst quality first (Grother and Tabassi, "Performance of biometric quality measures",
/// 2007). Of comparisons of one quality each is left out in part. Not a number without comparisons.
std::vector<double> error_versus_discard(std::vector<RatedComparison> comparisons,
                                         std::span<const double> shares);

}  // namespace faceward::evaluation
