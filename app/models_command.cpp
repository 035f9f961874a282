#include "app/commands.hpp"
#include "app/setup.hpp"
#include "engine/model/inspect.hpp"

#include <iomanip>
#include <iostream>

namespace faceward::app {
namespace {

void print_rates(const model::Profile& profile) {
    const auto& rates = profile.calibration.rates;
    if (rates.empty()) return;
    std::cout << "    score    FMR        FNMR     measured on\n" << std::left;
    for (const model::RatePoint& rate : rates) {
        std::cout << "    " << std::setw(8) << rate.score << ' ' << std::setw(10);
        if (rate.fmr > 0)
            std::cout << rate.fmr;
        else
            std::cout << "none seen";
        std::cout << ' ' << std::setw(8) << rate.fnmr << ' ' << rate.set << '\n';
    }
}

void print_liveness(const model::LivenessEntry& liveness) {
    std::cout << "\nLiveness\n  standard: attack probability calibrated on "
              << liveness.standard.fitted_on << "\n  thorough: attack probability calibrated on "
              << liveness.thorough.fitted_on << '\n';
    if (liveness.stillness)
        std::cout << "  stillness of the face: fitted on " << liveness.stillness->fitted_on << '\n';
}

void print(const model::Manifest& pack) {
    std::cout << "Model pack " << pack.name << ' ' << pack.version;
    if (!pack.summary.empty()) std::cout << ": " << pack.summary;
    std::cout << "\n\nNetworks\n";
    for (const model::NetworkEntry& network : pack.networks)
        std::cout << "  " << network.full_name() << " (" << network.id << ", "
                  << model::to_string(network.role) << ")\n"
                  << "    licence        " << network.licence << '\n'
                  << "    origin         " << network.origin << '\n'
                  << "    training data  " << network.training_data << '\n';
    std::cout << "\nProfiles\n";
    for (const auto& [name, profile] : pack.profiles) {
        std::cout << "  " << name << ": " << profile.detector;
        for (const model::RefinerEntry& refiner : profile.refiners)
            std::cout << (&refiner == &profile.refiners.front() ? ", landmarks by " : " and ")
                      << refiner.network;
        for (const std::string& id : profile.embedders)
            std::cout << (&id == &profile.embedders.front() ? "; embedded by " : " and ") << id;
        std::cout << (profile.mirrored ? ", each also mirrored" : "")
                  << (profile.refiner_veto ? "" : "; no second look vetoes what is no face")
                  << "\n    score calibrated on " << profile.calibration.fitted_on << '\n';
        print_rates(profile);
    }
    std::cout
        << "  People who are alike, such as those of one nationality and age, reach a score 5 "
           "to 30 times as often.\n";
    if (pack.liveness) print_liveness(*pack.liveness);
}

int report(const std::vector<std::string>& problems) {
    if (problems.empty()) return 0;
    std::cout << "\nWhat is wrong with it\n";
    for (const std::string& problem : problems) std::cout << "  - " << problem << '\n';
    return 1;
}

/// Everything `inspect` finds, and then whether the networks of each profile really run.
int check(const std::filesystem::path& folder) {
    model::Inspection inspection = model::inspect(folder);
    print(inspection.manifest);
    if (inspection.problems.empty())
        for (const auto& [name, profile] : inspection.manifest.profiles) {
            ops::Settings settings;
            settings.models = folder;
            settings.profile = name;
            if (const auto engine = Engine::open(engine_options(settings, 1, &warn_on_terminal));
                !engine)
                inspection.problems.push_back("profile " + name + ": " + engine.error().reason);
        }
    if (inspection.problems.empty())
        std::cout << "\nThe pack holds: digests, networks and self-test of every profile.\n";
    return report(inspection.problems);
}

}  // namespace

void add_models(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "models", "Show the model pack: networks, licences, origins, training data, error rates");
    const auto source = std::make_shared<SettingsSource>(*command);
    command->callback([&run, command, source] {
        if (!command->get_subcommands().empty()) return;
        run = [source] {
            const auto settings = source->load();
            if (!settings) return give_up(settings.error());
            const auto models = models_folder(*settings);
            if (!models) return give_up(models.error());
            const model::Inspection inspection = model::inspect(*models);
            print(inspection.manifest);
            return report(inspection.problems);
        };
    });
    CLI::App* checking = command->add_subcommand(
        "check", "Explain what a folder is as a pack, run it, and say what is wrong");
    const auto folder = std::make_shared<std::string>();
    checking->add_option("folder", *folder, "Folder with a manifest.toml")->required();
    checking->callback([&run, folder] { run = [folder] { return check(*folder); }; });
}

}  // namespace faceward::app
