#include "evaluation/identification.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace faceward::evaluation {

IdentificationRates identification_rates(std::span<const Search> searches, double fpir) {
    IdentificationRates rates;
    std::vector<float> strangers;
    for (const Search& search : searches) {
        if (!search.mated) strangers.push_back(search.best);
        if (search.mated) rates.rank_one.add(search.subject, search.best_is_right);
    }
    std::ranges::sort(strangers, std::ranges::greater{});
    const auto allowed =
        static_cast<std::size_t>(std::floor(fpir * static_cast<double>(strangers.size())));
    // Just above the best stranger who must not be found.
    rates.threshold =
        strangers.empty()
            ? std::numeric_limits<double>::infinity()
            : std::nextafter(strangers[std::min(allowed, strangers.size() - 1)], 2.0F);
    for (const Search& search : searches) {
        if (search.mated)
            rates.fnir.add(search.subject, search.best_of_own < rates.threshold);
        else
            rates.fpir.add(search.subject, search.best >= rates.threshold);
    }
    return rates;
}

std::vector<TradeOff> identification_curve(std::span<const Search> searches) {
    std::vector<double> strangers;
    std::vector<double> own;
    for (const Search& search : searches)
        (search.mated ? own : strangers).push_back(search.mated ? search.best_of_own : search.best);
    return trade_off(std::move(strangers), std::move(own));
}

bool enough_for(double fpir, const IdentificationRates& rates) {
    constexpr double rule_of_three = 3;
    return static_cast<double>(rates.fpir.proportion().total) * fpir >= rule_of_three;
}

}  // namespace faceward::evaluation
