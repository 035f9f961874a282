#include "app/manual/outline.hpp"

#include "service/ops/setting_table.hpp"

namespace faceward::app::manual {
namespace {

/// The setting that an option stands for, or null.
const ops::Setting* setting_of(const CLI::Option& option) {
    const bool is_one = option.get_group() == "Settings" && !option.get_lnames().empty();
    return is_one ? ops::find_setting(option.get_lnames().front()) : nullptr;
}

Argument argument(const CLI::Option& option) {
    Argument made;
    for (const std::string& name : option.get_lnames()) made.names.push_back("--" + name);
    for (const std::string& name : option.get_snames()) made.names.push_back("-" + name);
    made.meaning = option.get_description();
    made.takes_value = option.get_items_expected_max() > 0;
    made.is_path = option.get_group() == "Files";
    if (const ops::Setting* setting = setting_of(option)) {
        made.is_setting = true;
        made.is_path = std::holds_alternative<ops::Text>(setting->allowed);
        if (const auto* choice = std::get_if<ops::Choice>(&setting->allowed))
            made.choices.assign(choice->words.begin(), choice->words.end());
    }
    return made;
}

/// Positionals are files, all of them.
Argument positional(const CLI::Option& option) {
    Argument made;
    made.names = {option.get_name(true)};
    made.meaning = option.get_description();
    made.takes_value = true;
    made.is_path = true;
    made.may_repeat = option.get_expected_max() > 1;
    return made;
}

Command command(const CLI::App& app, const std::string& before) {
    Command made;
    made.name = app.get_name();
    made.path = before + made.name;
    made.meaning = app.get_description();
    for (const CLI::Option* option : app.get_options())
        if (option->get_positional())
            made.positionals.push_back(positional(*option));
        else
            made.options.push_back(argument(*option));
    for (const CLI::App* below : app.get_subcommands(std::function<bool(const CLI::App*)>()))
        made.commands.push_back(command(*below, made.path + " "));
    return made;
}

}  // namespace

Command outline(const CLI::App& program) { return command(program, ""); }

std::vector<const Command*> all_commands(const Command& command) {
    std::vector<const Command*> all{&command};
    for (const Command& below : command.commands)
        for (const Command* each : all_commands(below)) all.push_back(each);
    return all;
}

}  // namespace faceward::app::manual
