#include "evaluation/reports.hpp"

#include <set>

namespace faceward::evaluation {

Report identification_report(const Engine& engine, const SearchList& list,
                             const Acquired& acquired) {
    constexpr double target = 1e-2;
    const auto& subjects = list.samples.subjects;
    std::vector<std::size_t> gallery;
    std::set<std::uint32_t> enrolled;
    for (std::size_t i = 0; i < list.parts.size(); ++i)
        if (list.parts[i] == Part::gallery && acquired.templates[i]) {
            gallery.push_back(i);
            enrolled.insert(subjects[i]);
        }
    std::vector<Search> searches;
    std::size_t not_searched = 0;
    for (std::size_t probe = 0; probe < list.parts.size(); ++probe) {
        if (list.parts[probe] != Part::probe) continue;
        if (!acquired.templates[probe]) {
            ++not_searched;
            continue;
        }
        Search search{subjects[probe], -1, enrolled.contains(subjects[probe]), false, -1};
        for (const std::size_t reference : gallery) {
            const auto similarity = static_cast<float>(
                Engine::similarity(*acquired.templates[probe], *acquired.templates[reference]));
            const bool own = subjects[reference] == search.subject;
            if (own) search.best_of_own = std::max(search.best_of_own, similarity);
            if (similarity > search.best) {
                search.best = similarity;
                search.best_is_right = own;
            }
        }
        searches.push_back(search);
    }
    const IdentificationRates rates = identification_rates(searches, target);
    Report report{{"references", gallery.size()},
                  {"enrolled_subjects", enrolled.size()},
                  {"probes", searches.size()},
                  {"probes_without_a_template", not_searched},
                  {"fta", to_json(acquired.failures_of(subjects))},
                  {"fta_reasons", acquired.failures},
                  {"rank_one", to_json(rates.rank_one)}};
    if (enough_for(target, rates))
        report["fnir_at_fpir_0.01"] = {
            {"fnir", to_json(rates.fnir)},
            {"fpir", to_json(rates.fpir)},
            {"similarity", rates.threshold},
            {"score", templates::similarity_to_score(rates.threshold, engine.calibration())}};
    else
        report["fnir_at_fpir_0.01"] = {
            {"missing", "300 probes of people outside the gallery are needed, there are " +
                            std::to_string(rates.fpir.proportion().total)}};
    report["curve"] = Report::array();
    for (const TradeOff& point : identification_curve(searches))
        report["curve"].push_back(
            {{"score", templates::similarity_to_score(point.threshold, engine.calibration())},
             {"fpir", point.above},
             {"fnir", point.below}});
    return report;
}

}  // namespace faceward::evaluation
