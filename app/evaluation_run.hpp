#pragma once

#include "app/setup.hpp"
#include "evaluation/journal.hpp"

#include <memory>
#include <string>

namespace faceward::app {

/// What the commands that work on labelled files are told.
struct EvaluationOptions {
    explicit EvaluationOptions(CLI::App& command) : settings(command) {}
    SettingsSource settings;
    std::string list;
    std::string base = ".";
    std::string out = "evaluation";
};

/// How such a command calls things.
struct EvaluationKind {
    std::string command;
    std::string measured;  ///< which evaluation's journal it keeps
    std::string what;      ///< for --help
    std::string list;      ///< the option that names the list
    std::string columns;   ///< what the list holds
    std::string base;      ///< the option that names the folder of its files
};

/// Adds the list, its base and --out.
void add_run_options(CLI::App& command, EvaluationOptions& options, const EvaluationKind& kind);

/// Everything that is open while such a command runs.
struct Running {
    ops::Settings settings;
    std::filesystem::path models;
    Engine engine;
    nlohmann::json maker;  ///< of the journal
    evaluation::Journal journal;
    evaluation::Progress progress;  ///< draws a bar where a person watches
};

/// Opens an engine of all cores, and the journal in `options.out`. The error is for the operator.
tl::expected<std::unique_ptr<Running>, std::string> open_run(const EvaluationOptions& options,
                                                             const std::string& measured);

}  // namespace faceward::app
