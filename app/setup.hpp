#pragma once

#include "engine/engine.hpp"
#include "service/ops/settings.hpp"

#include <CLI/CLI.hpp>
#include <tl/expected.hpp>

#include <cstddef>
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

/// What an engine with `slots` worker slots needs of the settings.
EngineOptions engine_options(const ops::Settings& settings, std::size_t slots);

/// An engine of one slot, for commands that work on files.
tl::expected<Engine, std::string> open_engine(const ops::Settings& settings);

/// Writes "faceward: REASON" to standard error and gives the exit status 1.
int give_up(const std::string& reason);

}  // namespace faceward::app
