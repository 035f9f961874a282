#include "app/evaluation_run.hpp"

#include "engine/model/digest.hpp"
#include "evaluation/templates_of.hpp"
#include "service/ops/cpu_share.hpp"
#include "service/ops/setting_table.hpp"

#include <unistd.h>

#include <iostream>

namespace faceward::app {
namespace {

evaluation::Progress progress_bar() {
    if (isatty(STDERR_FILENO) == 0) return [](std::size_t, std::size_t) {};
    return [](std::size_t done, std::size_t all) {
        constexpr std::size_t width = 40;
        const std::size_t full = all == 0 ? width : width * done / all;
        std::cerr << "\r[" << std::string(full, '#') << std::string(width - full, ' ') << "] "
                  << done << " of " << all << (done == all ? "\n" : "") << std::flush;
    };
}

/// The settings on which findings depend, and for liveness the manifest, which has what makes
/// probabilities of evidence.
nlohmann::json relevant(const ops::Settings& settings, const std::filesystem::path& models,
                        const std::string& measured) {
    nlohmann::json json{{"precision", ops::word(settings.precision)},
                        {"min_second_face_ratio", settings.min_second_face_ratio},
                        {"tolerate_bystanders", settings.tolerate_bystanders},
                        {"max_pixels", settings.max_pixels}};
    for (const ops::Setting& setting : ops::setting_table())
        if (setting.name.starts_with("min_quality_"))
            if (const auto least = std::get<std::int64_t>(setting.get(settings)); least > 0)
                json[std::string(setting.name)] = least;
    if (measured == "liveness") {
        json["liveness_effort"] = ops::word(settings.liveness_effort);
        json["liveness_frames"] = settings.liveness_frames;
        json["min_liveness_context"] = settings.min_liveness_context;
        json["min_liveness_eye_distance"] = settings.min_liveness_eye_distance;
        json["min_liveness_detector_score"] = settings.min_liveness_detector_score;
        json["archive_frame_rate"] = settings.archive_frame_rate;
        if (const auto digest = model::sha256_of_file(models / "manifest.toml"))
            json["manifest"] = model::to_hex(*digest);
    }
    return json;
}

}  // namespace

void add_run_options(CLI::App& command, EvaluationOptions& options, const EvaluationKind& kind) {
    command.add_option(kind.list, options.list, kind.columns)
        ->required()
        ->check(CLI::ExistingFile)
        ->group("Files");
    command.add_option(kind.base, options.base, "Folder that the list's paths are relative to")
        ->check(CLI::ExistingDirectory)
        ->capture_default_str()
        ->group("Files");
    command
        .add_option("--out", options.out,
                    "Folder for reports and the journal, from which a stopped run goes on; it "
                    "holds templates")
        ->capture_default_str()
        ->group("Files");
}

tl::expected<std::unique_ptr<Running>, std::string> open_run(const EvaluationOptions& options,
                                                             const std::string& measured) {
    auto settings = options.settings.load();
    if (!settings) return tl::make_unexpected(settings.error());
    auto models = models_folder(*settings);
    if (!models) return tl::make_unexpected(models.error());
    const std::size_t slots = settings->workers > 0 ? settings->workers : ops::cpu_share().cores();
    auto engine = open_engine(*settings, slots);
    if (!engine) return tl::make_unexpected(engine.error());
    nlohmann::json maker =
        evaluation::maker_of(*engine, measured, relevant(*settings, *models, measured));
    auto journal = evaluation::Journal::open(options.out, maker);
    if (!journal) return tl::make_unexpected(journal.error());
    return std::make_unique<Running>(Running{std::move(*settings), std::move(*models),
                                             std::move(*engine), std::move(maker),
                                             std::move(*journal), progress_bar()});
}

}  // namespace faceward::app
