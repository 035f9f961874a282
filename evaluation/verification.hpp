#pragma once

#include "evaluation/statistics.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace faceward::evaluation {

/// A comparison that was made (ISO/IEC 2382-37).
struct Comparison {
    float similarity;
    std::uint32_t subject_a;
    std::uint32_t subject_b;
    bool mated;
    int fold;
};

/// Error rates at one threshold on the similarity (ISO/IEC 19795-1): a comparison at or above it
/// is a match.
struct OperatingPoint {
    double threshold = 0;
    double fmr = 0;   ///< share of non-mated comparisons that match
    double fnmr = 0;  ///< share of mated comparisons that do not
};

/// Comparisons, ready to be counted.
class ErrorRates {
  public:
    /// `subjects` is more than any subject of the comparisons.
    ErrorRates(std::vector<Comparison> comparisons, std::size_t subjects);

    std::size_t mated() const { return mated_; }
    std::size_t non_mated() const { return comparisons_.size() - mated_; }
    std::size_t subjects() const { return subjects_; }

    /// From the highest similarity to the lowest.
    std::span<const Comparison> comparisons() const { return comparisons_; }

    OperatingPoint at(double threshold) const;

    /// How often the threshold is reached or missed, with counts.
    Proportion false_matches(double threshold) const;
    Proportion false_non_matches(double threshold) const;

    /// The rates at several thresholds, and the equal error rate, with each comparison weighing as
    /// much as its subjects do. `points` lie in the order of the thresholds.
    struct Weighted {
        std::vector<OperatingPoint> points;
        double eer = 0;
    };
    Weighted weighted(std::span<const double> thresholds, const Weights& weights) const;

    /// The lowest threshold at which the FMR is at most that; nothing when the comparisons are too
    /// few to tell: it takes three over the FMR (the rule of three, ISO/IEC 19795-1).
    std::optional<OperatingPoint> at_fmr(double fmr) const;

    double eer() const;

    /// The DET curve from the highest threshold to the lowest, thinned to what a drawing shows.
    std::vector<OperatingPoint> curve() const;

  private:
    std::vector<Comparison> comparisons_;  ///< by falling similarity
    std::size_t subjects_;
    std::size_t mated_;
};

/// Mean and standard deviation over folds of the share of right decisions, each fold decided at the
/// threshold that is best on the others (as LFW's protocol asks).
struct FoldAccuracy {
    double mean = 0;
    double deviation = 0;
    int folds = 0;
};

/// Nothing with fewer than two folds. `comparisons` go from the highest similarity to the lowest.
std::optional<FoldAccuracy> fold_accuracy(std::span<const Comparison> comparisons);

}  // namespace faceward::evaluation
