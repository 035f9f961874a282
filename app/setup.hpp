#pragma once

#include "engine/engine.hpp"
#include "service/ops/settings.hpp"

#include <CLI/CLI.hpp>
#include <tl/expected.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace faceward::app {

/// The settings of a subcommand as they come together: `--config FILE`, environment, options.
class SettingsSource {
  public:
    explicit SettingsSource(CLI::App& command);

    /// The settings; the error is for the operator.
    tl::expected<ops::Settings, std::string> load() const;

  private:
    std::string file_;
    ops::GivenOptions given_;
};

/// The folder of the model pack. The error, when none is named and none was built, is for the
/// operator.
tl::expected<std::filesystem::path, std::string> models_folder(const ops::Settings& settings);

/// Told what the operator should know and the program can do without.
using Warn = std::function<void(const std::string&)>;

/// Writes "faceward: WARNING" to standard error.
void warn_on_terminal(const std::string& warning);

/// What an engine with `slots` worker slots needs of the settings. A folder for compiled networks
/// that cannot be written is left out with a warning.
EngineOptions engine_options(const ops::Settings& settings, std::size_t slots,
                             const Warn& warn = warn_on_terminal);

/// An engine for commands that work on files.
tl::expected<Engine, std::string> open_engine(const ops::Settings& settings, std::size_t slots = 1);

/// Writes "faceward: REASON" to standard error and gives the exit status 1.
int give_up(const std::string& reason);

}  // namespace faceward::app
