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
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->each([&given, &setting](const std::string& text) {
                if (!given.try_emplace(std::string(setting.name), text).second)
                    throw CLI::ParseError(fmt::format("--{} is given twice", setting.name),
                                          CLI::ExitCodes::ArgumentMismatch);
            });
}

std::optional<std::string> explain_stray(std::span<const char* const> arguments,
                                         std::string_view word) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        if (arguments[i] != word) continue;
        std::string name(arguments[i - 1]);
        if (!name.starts_with("--")) continue;
        name.erase(0, 2);
        std::ranges::replace(name, '-', '_');
        const Setting* setting = find_setting(name);
        if (setting != nullptr && std::holds_alternative<Switch>(setting->allowed))
            return fmt::format(
                "--{0} stands alone or is written --{0}=true or --{0}=false; \"{1}\" "
                "does not belong to it",
                name, word);
    }
    return std::nullopt;
}

}  // namespace faceward::ops
