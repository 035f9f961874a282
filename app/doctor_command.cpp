#include "app/commands.hpp"
#include "app/doctor/finding.hpp"
#include "app/setup.hpp"
#include "engine/model/runtime.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

namespace faceward::app {
namespace {

using doctor::Finding;
using doctor::Findings;
using doctor::State;

std::string_view word(State state) {
    switch (state) {
        case State::good:
            return "ok";
        case State::note:
            return "note";
        case State::bad:
            break;
    }
    return "bad";
}

Findings examine(const ops::Settings& settings) {
    Findings all{doctor::processor(), doctor::cores(settings), doctor::descriptors(settings),
                 doctor::sandbox(settings)};
    for (Findings further :
         {doctor::ports(settings), Findings{doctor::webhooks(settings)}, doctor::pack(settings)})
        std::ranges::move(further, std::back_inserter(all));
    return all;
}

void print(const Findings& findings) {
    std::cout << "faceward " FACEWARD_VERSION " (" << model::Runtime::version() << ")\n\n";
    for (const Finding& finding : findings) {
        std::cout << fmt::format("{:<5} {:<15} {}\n", word(finding.state), finding.subject,
                                 finding.what);
        if (!finding.advice.empty()) std::cout << fmt::format("{:21} -> {}\n", "", finding.advice);
    }
}

void print_json(const Findings& findings) {
    nlohmann::ordered_json all = nlohmann::json::array();
    for (const Finding& finding : findings)
        all.push_back({{"state", word(finding.state)},
                       {"subject", finding.subject},
                       {"what", finding.what},
                       {"advice", finding.advice}});
    std::cout << all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace

void add_doctor(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "doctor", "Look at machine, settings and model pack, and say what to change");
    const auto source = std::make_shared<SettingsSource>(*command);
    const auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "Print a JSON list")->group("Output");
    command->callback([&run, source, json] {
        run = [source, json] {
            const auto settings = source->load();
            const Findings findings =
                settings ? examine(*settings)
                         : Findings{{State::bad, "settings", settings.error(),
                                     "faceward config check FILE names all that is wrong"}};
            *json ? print_json(findings) : print(findings);
            return std::ranges::any_of(findings,
                                       [](const Finding& f) { return f.state == State::bad; })
                       ? 1
                       : 0;
        };
    });
}

}  // namespace faceward::app
