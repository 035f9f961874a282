#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

namespace faceward::evaluation {

/// An interval that a share or a rate lies in with 95 % confidence.
struct Interval {
    double low = 0;
    double high = 1;
};

/// A count out of a total.
struct Proportion {
    std::size_t count = 0;
    std::size_t total = 0;

    /// `count` / `total`; not a number when nothing was counted.
    double rate() const;

    /// The exact interval by Clopper and Pearson (1934); where `count` is 0, its upper end is about
    /// 3.7 / `total`. It takes the cases for independent of one another.
    Interval interval() const;

    bool operator==(const Proportion&) const = default;
};

/// Cases of which some count, and whose they are.
class Cases {
  public:
    void add(std::uint32_t subject, bool counts);

    Proportion proportion() const;

    /// Those of one subject depend on one another: the interval comes from drawing subjects anew
    /// (`bootstrap`). Where none or all cases count there is nothing to draw, and the exact
    /// interval is that of as many cases as there are subjects. So it is where each case is a
    /// subject's only one.
    Interval interval() const;

  private:
    std::map<std::uint32_t, Proportion> of_subject_;
};

/// The shares of two kinds of values that are wrong at a threshold.
struct TradeOff {
    double threshold = 0;
    double above = 0;  ///< share of the first that are higher
    double below = 0;  ///< share of the second that are not
};

/// The trade-off at each threshold that changes it, from the lowest to the highest, thinned to what
/// a drawing shows (a detection error trade-off curve: Martin et al., 1997). Empty when there are
/// none of either kind.
std::vector<TradeOff> trade_off(std::vector<double> first, std::vector<double> second);

/// A weight for each subject, such as how often it was drawn.
using Weights = std::vector<double>;

/// The 95 % intervals of several statistics by the percentile bootstrap over subjects (Efron, 1979;
/// Bolle, Ratha and Pankanti, 2004, for comparisons that share subjects): `replicates` times as
/// many subjects as there are, are drawn with replacement, and `statistics` is called with how
/// often each was. It gives the same number of values each time; values that are not finite are
/// left out. The draws are the same in each run.
std::vector<Interval> bootstrap(
    std::size_t subjects, std::size_t replicates,
    const std::function<std::vector<double>(const Weights&)>& statistics);

}  // namespace faceward::evaluation
