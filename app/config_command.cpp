#include "app/commands.hpp"
#include "app/setup.hpp"

#include <iostream>

namespace faceward::app {

void add_config(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "config", "Print the settings as TOML, as file, environment and options make them");
    const auto source = std::make_shared<SettingsSource>(*command);
    const auto as_template = std::make_shared<bool>(false);
    command->add_flag("--template", *as_template, "Print every setting with its default instead")
        ->group("Output");
    command->callback([&run, source, as_template] {
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
