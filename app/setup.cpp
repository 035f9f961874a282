#include "app/setup.hpp"

#include "service/ops/cache_folder.hpp"
#include "service/ops/environment.hpp"

#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace faceward::app {
namespace {

ops::Environment environment() { return ops::read_environment(environ); }

model::Precision precision(ops::Precision setting) {
    return setting == ops::Precision::f32 ? model::Precision::f32 : model::Precision::automatic;
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

EngineOptions engine_options(const ops::Settings& settings, std::size_t slots) {
    return {settings.models,
            settings.profile,
            {precision(settings.precision), static_cast<int>(slots),
             ops::compiled_cache_folder(settings.compiled_cache, environment())},
            {settings.max_pixels, settings.max_progressive_scans},
            {static_cast<float>(settings.min_second_face_ratio), settings.tolerate_bystanders}};
}

tl::expected<Engine, std::string> open_engine(const ops::Settings& settings) {
    if (settings.models.empty())
        return tl::make_unexpected("no model pack is named: set `models` to the folder of one");
    auto engine = Engine::open(engine_options(settings, 1));
    if (!engine) return tl::make_unexpected(engine.error().reason);
    return std::move(*engine);
}

int give_up(const std::string& reason) {
    std::cerr << "faceward: " << reason << '\n';
    return 1;
}

}  // namespace faceward::app
