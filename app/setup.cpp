#include "app/setup.hpp"

#include "service/ops/cache_folder.hpp"
#include "service/ops/environment.hpp"
#include "service/ops/setting_table.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace faceward::app {
namespace {

ops::Environment environment() { return ops::read_environment(environ); }

model::Precision precision(ops::Precision setting) {
    return setting == ops::Precision::f32 ? model::Precision::f32 : model::Precision::automatic;
}

/// The decoder program lies beside this one.
std::filesystem::path decoder_program() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "faceward-decoder";
}

media::DecoderOptions decoding(const ops::Settings& settings) {
    media::DecoderOptions options;
    options.limits = {{settings.max_pixels, settings.max_progressive_scans},
                      settings.max_video_seconds,
                      settings.max_video_frames,
                      settings.max_archive_entries,
                      settings.max_archive_bytes,
                      settings.max_archive_ratio,
                      settings.archive_frame_rate};
    options.max_input_bytes = settings.max_body_bytes;
    options.timeout = settings.decode_timeout_ms;
    return options;
}

/// Each component of quality has a setting of its name.
face::QualityGates gates(const ops::Settings& settings) {
    const auto least = [&](std::string_view name) {
        const ops::Setting* setting = ops::find_setting("min_quality_" + std::string(name));
        return static_cast<int>(std::get<std::int64_t>(setting->get(settings)));
    };
    face::QualityGates gates;
    gates.unified_score = least("unified_score");
    for (const face::Component component : face::components)
        gates.measures.at(static_cast<std::size_t>(component)) = least(face::name_of(component));
    return gates;
}

LivenessOptions liveness(const ops::Settings& settings) {
    LivenessOptions options;
    options.thorough = settings.liveness_effort == ops::LivenessEffort::thorough;
    options.rule = {static_cast<float>(settings.min_liveness_context),
                    static_cast<float>(settings.min_liveness_eye_distance),
                    static_cast<float>(settings.min_liveness_detector_score)};
    options.gestures = settings.require_gestures;
    options.frames.frames = static_cast<std::uint32_t>(settings.liveness_frames);
    return options;
}

/// The folder for compiled networks, or nothing, with a warning, if it is of no use.
std::filesystem::path compiled_cache(const ops::Settings& settings, const Warn& warn) {
    auto folder = ops::compiled_cache_folder(settings.compiled_cache, environment());
    if (folder.empty()) return folder;
    const auto why = ops::why_unwritable(folder);
    if (!why) return folder;
    warn("compiled networks are not kept: compiled_cache " + folder.string() + ": " + *why);
    return {};
}

}  // namespace

SettingsSource::SettingsSource(CLI::App& command) {
    command
        .add_option("--config", file_, "TOML file with settings (see: faceward config --template)")
        ->envname("FACEWARD_CONFIG")
        ->group("Files");
    ops::add_setting_options(command, given_);
}

tl::expected<ops::Settings, std::string> SettingsSource::load() const {
    return ops::load_settings({file_, environment(), given_});
}

tl::expected<std::filesystem::path, std::string> models_folder(const ops::Settings& settings) {
    auto folder = ops::models_folder(settings.models, environment());
    if (settings.models.empty() && !std::filesystem::is_directory(folder))
        return tl::make_unexpected(
            "no model pack: ./run builds one, or set `models` to the folder of another");
    return folder;
}

void warn_on_terminal(const std::string& warning) { std::cerr << "faceward: " << warning << '\n'; }

EngineOptions engine_options(const ops::Settings& settings, std::size_t slots, const Warn& warn) {
    EngineOptions options;
    options.models = ops::models_folder(settings.models, environment());
    options.profile = settings.profile;
    options.runtime = {precision(settings.precision), static_cast<int>(slots),
                       compiled_cache(settings, warn)};
    options.decoder_program = {decoder_program(), settings.max_decoder_memory_bytes,
                               settings.sandbox};
    options.decoding = decoding(settings);
    options.gates = gates(settings);
    options.liveness = liveness(settings);
    options.one_person = {static_cast<float>(settings.min_second_face_ratio),
                          settings.tolerate_bystanders};
    return options;
}

tl::expected<Engine, std::string> open_engine(const ops::Settings& settings, std::size_t slots) {
    const auto models = models_folder(settings);
    if (!models) return tl::make_unexpected(models.error());
    auto engine = Engine::open(engine_options(settings, slots, &warn_on_terminal));
    if (!engine) return tl::make_unexpected(engine.error().reason);
    return std::move(*engine);
}

int give_up(const std::string& reason) {
    std::cerr << "faceward: " << reason << '\n';
    return 1;
}

}  // namespace faceward::app
