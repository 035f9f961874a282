#include "app/commands.hpp"
#include "app/evaluation_run.hpp"
#include "app/files.hpp"
#include "evaluation/judgements.hpp"
#include "evaluation/page.hpp"
#include "evaluation/reports.hpp"

#include <fmt/format.h>

#include <iostream>

namespace faceward::app {
namespace {

using evaluation::Report;
using Measured = tl::expected<Report, std::string>;

/// An error where no picture gave a template: there is nothing to report on.
tl::expected<void, std::string> some_template(const evaluation::Acquired& acquired) {
    if (acquired.failed() < acquired.templates.size()) return {};
    std::string reasons;
    for (const auto& [reason, count] : acquired.failures)
        reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", reason, count);
    return tl::make_unexpected("no picture of the list gives a template: " + reasons);
}

Measured verify(Running& run, const EvaluationOptions& options,
                const tl::expected<evaluation::PairList, std::string>& list) {
    if (!list) return tl::make_unexpected(list.error());
    const auto acquired = evaluation::acquire(run.engine, list->samples.paths, options.base,
                                              run.journal, run.progress);
    if (auto usable = some_template(acquired); !usable) return tl::make_unexpected(usable.error());
    return evaluation::verification_report(run.engine, *list, acquired);
}

Measured verify_pairs(Running& run, const EvaluationOptions& options) {
    return verify(run, options, evaluation::read_pairs(options.list));
}

Measured verify_all(Running& run, const EvaluationOptions& options) {
    return verify(run, options, evaluation::read_subjects(options.list));
}

Measured rate(Running& run, const EvaluationOptions& options) {
    const auto list = evaluation::read_pairs_or_subjects(options.list);
    if (!list) return tl::make_unexpected(list.error());
    const auto acquired = evaluation::acquire_with_quality(run.engine, list->samples.paths,
                                                           options.base, run.journal, run.progress);
    if (auto usable = some_template(acquired); !usable) return tl::make_unexpected(usable.error());
    return evaluation::quality_report(*list, acquired);
}

Measured identify(Running& run, const EvaluationOptions& options) {
    const auto list = evaluation::read_search(options.list);
    if (!list) return tl::make_unexpected(list.error());
    const auto acquired = evaluation::acquire(run.engine, list->samples.paths, options.base,
                                              run.journal, run.progress);
    if (auto usable = some_template(acquired); !usable) return tl::make_unexpected(usable.error());
    return evaluation::identification_report(run.engine, *list, acquired);
}

Measured judge(Running& run, const EvaluationOptions& options) {
    const auto list = evaluation::read_presentations(options.list);
    if (!list) return tl::make_unexpected(list.error());
    if (!run.engine.can_judge())
        return tl::make_unexpected("the model pack cannot tell presentation attacks");
    const auto judged =
        evaluation::judge_all(run.engine, *list, options.base, run.journal, run.progress);
    return evaluation::presentation_report(judged, run.settings.liveness_threshold);
}

bool write_text(const std::filesystem::path& file, const std::string& text) {
    return write_file(file, {text.begin(), text.end()});
}

using Measure = Measured (*)(Running&, const EvaluationOptions&);

/// Measures, and writes the reports.
int evaluate(const EvaluationOptions& options, const std::string& measured, Measure measure) {
    auto run = open_run(options, measured);
    if (!run) return give_up(run.error());
    const auto found = measure(**run, options);
    if (!found) return give_up(found.error());
    Report report = (*run)->maker;
    report["list"] = std::filesystem::path(options.list).filename().string();
    report.update(*found);
    const std::filesystem::path out = options.out;
    if (!write_text(out / "report.json", report.dump(2) + "\n") ||
        !write_text(out / "report.html", evaluation::page_of(report)))
        return give_up(options.out + ": the reports cannot be written");
    std::cout << (out / "report.html").string() << '\n' << (out / "report.json").string() << '\n';
    return 0;
}

void add_kind(CLI::App& parent, Run& run, const EvaluationKind& kind, Measure measure) {
    CLI::App* command = parent.add_subcommand(kind.command, kind.what);
    const auto options = std::make_shared<EvaluationOptions>(*command);
    add_run_options(*command, *options, kind);
    command->callback([&run, options, measure, measured = kind.measured] {
        run = [options, measure, measured] { return evaluate(*options, measured, measure); };
    });
}

}  // namespace

void add_evaluate(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "evaluate", "Measure error rates on labelled pictures and media of your own");
    command->require_subcommand(1);
    add_kind(*command, run,
             {"verification", "verification", "1:1 comparison of pairs: FMR, FNMR, EER, TAR, DET",
              "--pairs", "CSV with path_a,path_b,same[,fold], or LFW's pairs.txt", "--images"},
             &verify_pairs);
    add_kind(*command, run,
             {"cross-verification", "verification", "The same, of every picture with every other",
              "--subjects", "CSV with path,subject", "--images"},
             &verify_all);
    add_kind(*command, run,
             {"quality", "quality", "Whether image quality foretells errors: error against discard",
              "--list", "CSV with path_a,path_b,same or with path,subject; or LFW's pairs.txt",
              "--images"},
             &rate);
    add_kind(
        *command, run,
        {"identification", "identification", "1:N search: rank-one rate, FNIR at an FPIR of 1 %",
         "--list", "CSV with path,subject,set; set is gallery or probe", "--images"},
        &identify);
    add_kind(
        *command, run,
        {"liveness", "liveness", "Presentation attack detection: APCER, BPCER, ACER", "--manifest",
         "CSV with path,label,pai[,subject]; pictures, videos and archives", "--media"},
        &judge);
}

}  // namespace faceward::app
