#include "service/ops/setting_table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace faceward::ops {
namespace {

std::string option_names(std::string_view name) {
    std::string hyphens(name);
    std::ranges::replace(hyphens, '_', '-');
    return hyphens == name ? fmt::format("--{}", name) : fmt::format("--{},--{}", name, hyphens);
}

CLI::Option* add_option(CLI::App& command, const Setting& setting) {
    const std::string names = option_names(setting.name);
    if (std::holds_alternative<Switch>(setting.allowed)) return command.add_flag(names);
    return command.add_option(names)->type_name("VALUE");
}

}  // namespace

void add_setting_options(CLI::App& command, GivenOptions& given) {
    for (const Setting& setting : setting_table())
        add_option(command, setting)
            ->description(fmt::format("{} ({})", setting.meaning, describe(setting.allowed)))
            ->group("Settings")
            ->each([&given, &setting](const std::string& text) {
                given.insert_or_assign(std::string(setting.name), text);
            });
}

}  // namespace faceward::ops
