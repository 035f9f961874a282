#include "app/commands.hpp"
#include "engine/model/runtime.hpp"
#include "service/ops/settings.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    using namespace faceward;
    try {
        CLI::App program("faceward: face templates, comparison and their HTTP server", "faceward");
        program.require_subcommand(1);
        app::Run run;
        app::add_serve(program, run);
        app::add_extract(program, run);
        app::add_compare(program, run);
        app::add_models(program, run);
        app::add_evaluate(program, run);
        app::add_calibrate(program, run);
        program.add_subcommand("version", "Print the version")->callback([&run] {
            run = [] {
                std::cout << "faceward " FACEWARD_VERSION " (" << model::Runtime::version()
                          << ")\n";
                return 0;
            };
        });
        app::add_config(program, run);
        app::add_doctor(program, run);
        app::add_manual(program, run);
        try {
            program.parse(argc, argv);
        } catch (const CLI::ExtrasError& error) {
            for (const std::string& word : program.remaining(true))
                if (const auto why =
                        ops::explain_stray({argv, static_cast<std::size_t>(argc)}, word))
                    std::cerr << *why << '\n';
            program.exit(error);
            return 2;
        } catch (const CLI::ParseError& error) {
            return program.exit(error) == 0 ? 0 : 2;
        }
        return run();
    } catch (const std::exception& error) {
        std::cerr << "faceward: " << error.what() << '\n';
        return 1;
    }
}
