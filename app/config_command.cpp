#include "app/commands.hpp"
#include "app/setup.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace faceward::app {
namespace {

int check(const std::string& file) {
    const std::vector<std::string> problems = ops::file_problems(file);
    for (const std::string& problem : problems) std::cerr << problem << '\n';
    if (!problems.empty()) return 1;
    std::cout << file << " holds.\n";
    return 0;
}

}  // namespace

void add_config(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "config", "Print the settings as TOML, as file, environment and options make them");
    const auto source = std::make_shared<SettingsSource>(*command);
    const auto as_template = std::make_shared<bool>(false);
    command->add_flag("--template", *as_template, "Print every setting with its default instead")
        ->group("Output");
    CLI::App* checking = command->add_subcommand(
        "check", "Say everything that is wrong with a settings file, without starting anything");
    const auto file = std::make_shared<std::string>();
    checking->add_option("file", *file, "TOML file with settings")->required();
    checking->callback([&run, file] { run = [file] { return check(*file); }; });
    command->callback([&run, command, source, as_template] {
        if (!command->get_subcommands().empty()) return;
        run = [source, as_template] {
            if (*as_template) {
                std::cout << ops::to_toml(ops::Settings{});
                return 0;
            }
            const auto settings = source->load();
            if (!settings) return give_up(settings.error());
            std::cout << ops::to_toml(*settings);
            return 0;
        };
    });
}

}  // namespace faceward::app
