#include "app/commands.hpp"
#include "app/evaluation_run.hpp"
#include "app/setup.hpp"
#include "engine/model/recalibrate.hpp"
#include "evaluation/calibration.hpp"
#include "evaluation/judgements.hpp"
#include "evaluation/reports.hpp"
#include "evaluation/suspects.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iostream>

namespace faceward::app {
namespace {

/// The first few: the report of an evaluation has more.
constexpr std::size_t most_suspects = 20;

void print_suspects(std::span<const evaluation::SuspectPair> suspects) {
    if (suspects.empty()) return;
    std::cout << fmt::format("{} labels contradict the new scores, the worst first:\n",
                             suspects.size());
    for (const auto& [a, b, mated, score] :
         suspects.first(std::min(suspects.size(), most_suspects)))
        std::cout << fmt::format("  {} {}: {:.3f}, labelled {}\n", a, b, score,
                                 mated ? "mated" : "non-mated");
}

void print_suspects(std::span<const evaluation::SuspectMedium> suspects) {
    if (suspects.empty()) return;
    std::cout << fmt::format("{} labels contradict the evidence, the worst first:\n",
                             suspects.size());
    for (const auto& [path, instrument, probability] :
         suspects.first(std::min(suspects.size(), most_suspects)))
        std::cout << fmt::format("  {}: attack probability {:.3f}, labelled {}\n", path,
                                 probability, instrument.empty() ? "bonafide" : instrument);
}

void print_change(const evaluation::ErrorRates& rates, const templates::Calibration& before,
                  const templates::Calibration& after) {
    std::cout << "score    FMR before  after       FNMR before  after\n";
    for (const double score : evaluation::reported_scores) {
        const auto old = rates.at(templates::score_to_similarity(score, before));
        const auto now = rates.at(templates::score_to_similarity(score, after));
        std::cout << fmt::format("{:<8} {:<11.3g} {:<11.3g} {:<12.3g} {:.3g}\n", score, old.fmr,
                                 now.fmr, old.fnmr, now.fnmr);
    }
}

/// The error rates at each score, as the pack keeps them.
std::vector<model::RatePoint> rate_points(const evaluation::ErrorRates& rates,
                                          const templates::Calibration& calibration,
                                          const std::string& set) {
    std::vector<model::RatePoint> points;
    for (const double score : evaluation::reported_scores) {
        const auto at = rates.at(templates::score_to_similarity(score, calibration));
        points.push_back({score, at.fmr, at.fnmr, set});
    }
    return points;
}

tl::expected<void, std::string> calibrate_scores(Running& run, const EvaluationOptions& options,
                                                 const std::string& copy) {
    const auto list = evaluation::read_subjects(options.list);
    if (!list) return tl::make_unexpected(list.error());
    const auto acquired = evaluation::acquire(run.engine, list->samples.paths, options.base,
                                              run.journal, run.progress);
    const evaluation::ErrorRates rates(evaluation::compare_all(*list, acquired),
                                       list->samples.paths.size());
    const auto fitted = evaluation::fit_calibration(rates);
    if (!fitted) return tl::make_unexpected(fitted.error());
    print_change(rates, run.engine.calibration(), *fitted);
    print_suspects(evaluation::suspect_pairs(*list, acquired, *fitted));
    const std::string set = std::filesystem::path(options.list).filename().string();
    const model::CalibrationEntry entry{
        fitted->slope, fitted->intercept,
        fmt::format("{}: {} mated and {} non-mated comparisons", set, rates.mated(),
                    rates.non_mated()),
        rate_points(rates, *fitted, set + ", which the fit has seen")};
    if (const auto copied = model::copy_calibrated(run.models, copy, run.settings.profile, entry);
        !copied)
        return tl::make_unexpected(copied.error().reason);
    return {};
}

void print_change(const std::vector<evaluation::JudgedLogit>& judged, evaluation::LogitMap map) {
    for (const bool after : {false, true}) {
        evaluation::Proportion apcer;
        evaluation::Proportion bpcer;
        for (const auto& [logit, attack, added] : judged) {
            const double networks = after ? map.scale * logit + map.shift : logit;
            const bool taken_for_attack = networks + added > 0;
            evaluation::Proportion& errors = attack ? apcer : bpcer;
            ++errors.total;
            errors.count += taken_for_attack != attack ? 1 : 0;
        }
        std::cout << fmt::format("{:<7} APCER {} of {}, BPCER {} of {} at 0.5\n",
                                 after ? "after" : "before", apcer.count, apcer.total, bpcer.count,
                                 bpcer.total);
    }
}

/// Nothing for a certainty, which is none: the number has no room for more.
std::optional<double> logit_of(double probability) {
    if (probability <= 0 || probability >= 1) return std::nullopt;
    return std::log(probability / (1 - probability));
}

tl::expected<void, std::string> calibrate_liveness(Running& run, const EvaluationOptions& options,
                                                   const std::string& copy) {
    const auto list = evaluation::read_presentations(options.list);
    if (!list) return tl::make_unexpected(list.error());
    if (!run.engine.can_judge())
        return tl::make_unexpected("the model pack cannot tell presentation attacks");
    const auto media =
        evaluation::judge_all(run.engine, *list, options.base, run.journal, run.progress);
    std::vector<evaluation::JudgedLogit> judged;
    for (const auto& medium : media)
        if (medium.attack_probability) {
            const auto networks = logit_of(*medium.networks_probability);
            const auto joined = logit_of(*medium.attack_probability);
            if (networks && joined)
                judged.push_back(
                    {*networks, !medium.shown.instrument.empty(), *joined - *networks});
        }
    const auto fitted = evaluation::fit_logits(judged);
    if (!fitted) return tl::make_unexpected(fitted.error());
    print_change(judged, *fitted);
    print_suspects(evaluation::suspect_media(media));
    const bool thorough = run.settings.liveness_effort == ops::LivenessEffort::thorough;
    const std::string fitted_on = fmt::format(
        "{}: {} media", std::filesystem::path(options.list).filename().string(), judged.size());
    if (const auto copied = model::copy_rescaled(run.models, copy, thorough, fitted->scale,
                                                 fitted->shift, fitted_on);
        !copied)
        return tl::make_unexpected(copied.error().reason);
    return {};
}

using Calibrate = tl::expected<void, std::string> (*)(Running&, const EvaluationOptions&,
                                                      const std::string&);

void add_kind(CLI::App& parent, Run& run, const EvaluationKind& kind, Calibrate calibrate) {
    CLI::App* command = parent.add_subcommand(kind.command, kind.what);
    const auto options = std::make_shared<EvaluationOptions>(*command);
    const auto copy = std::make_shared<std::string>();
    command->add_option("--copy", *copy, "Folder for the calibrated copy of the pack")
        ->required()
        ->check(CLI::NonexistentPath)
        ->group("Files");
    add_run_options(*command, *options, kind);
    command->callback([&run, options, copy, calibrate, measured = kind.measured] {
        run = [options, copy, calibrate, measured] {
            auto running = open_run(*options, measured);
            if (!running) return give_up(running.error());
            if (const auto done = calibrate(**running, *options, *copy); !done)
                return give_up(done.error());
            std::cout << *copy << '\n';
            return 0;
        };
    });
}

}  // namespace

void add_calibrate(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "calibrate",
        "Fit what scores mean to labelled pictures of your own, in a copy of the pack");
    command->require_subcommand(1);
    add_kind(*command, run,
             {"scores", "verification", "Comparison scores: 0.5 for an FMR of 1e-2, 0.85 for 1e-4",
              "--subjects", "CSV with path,subject", "--images"},
             &calibrate_scores);
    add_kind(*command, run,
             {"liveness", "liveness", "Attack probabilities, of the effort that is set",
              "--manifest", "CSV with path,label,pai[,subject]", "--media"},
             &calibrate_liveness);
}

}  // namespace faceward::app
