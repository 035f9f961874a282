#include "app/commands.hpp"
#include "app/manual/outline.hpp"

#include <iostream>

namespace faceward::app {
namespace {

using Completion = std::string (*)(const manual::Command&);

void add_shell(CLI::App& command, const CLI::App& program, Run& run, const std::string& shell,
               const std::string& usage, Completion completion) {
    command.add_subcommand(shell, "Print the script for " + shell + ": " + usage)
        ->callback([&run, &program, completion] {
            run = [&program, completion] {
                std::cout << completion(manual::outline(program));
                return 0;
            };
        });
}

}  // namespace

void add_manual(CLI::App& program, Run& run) {
    CLI::App* completion = program.add_subcommand(
        "completion", "Print a script with which a shell completes commands and options");
    completion->require_subcommand(1);
    add_shell(*completion, program, run, "bash", "source <(faceward completion bash)",
              &manual::bash_completion);
    add_shell(*completion, program, run, "zsh", "source <(faceward completion zsh)",
              &manual::zsh_completion);
    add_shell(*completion, program, run, "fish", "faceward completion fish | source",
              &manual::fish_completion);
    program
        .add_subcommand("man", "Print the manual page: faceward man > faceward.1; man ./faceward.1")
        ->callback([&run, &program] {
            run = [&program] {
                std::cout << manual::manual_page(manual::outline(program), FACEWARD_VERSION);
                return 0;
            };
        });
}

}  // namespace faceward::app
