#pragma once

#include <CLI/CLI.hpp>

#include <functional>

/// One file a subcommand. Each function adds its subcommand to the program and sets `run` when the
/// user chose it; `run` gives the exit status: 0 done, 1 could not be done (the reason is on
/// standard error), 2 wrong usage.
namespace faceward::app {

using Run = std::function<int()>;

void add_serve(CLI::App& program, Run& run);
void add_extract(CLI::App& program, Run& run);
void add_compare(CLI::App& program, Run& run);
void add_models(CLI::App& program, Run& run);
void add_evaluate(CLI::App& program, Run& run);
void add_calibrate(CLI::App& program, Run& run);
void add_config(CLI::App& program, Run& run);
void add_doctor(CLI::App& program, Run& run);
/// Completion and the manual page, of everything that the program has.
void add_manual(CLI::App& program, Run& run);

}  // namespace faceward::app
