#include "app/manual/outline.hpp"

#include <fmt/format.h>

namespace faceward::app::manual {
namespace {

/// For a text within '…' of fish.
std::string escaped(std::string_view text) {
    std::string made;
    for (const char c : text) {
        if (c == '\'' || c == '\\') made += '\\';
        made += c;
    }
    return made;
}

/// When a command is the one that is being written: its words have been, and those below it not.
std::string condition(const Command& command) {
    std::string text;
    std::string_view path = command.path;
    for (auto space = path.find(' '); space != std::string_view::npos; space = path.find(' ')) {
        path.remove_prefix(space + 1);
        text += fmt::format("{}__fish_seen_subcommand_from {}", text.empty() ? "" : "; and ",
                            path.substr(0, path.find(' ')));
    }
    if (command.commands.empty()) return text;
    text +=
        text.empty() ? "not __fish_seen_subcommand_from" : "; and not __fish_seen_subcommand_from";
    for (const Command& below : command.commands) text += " " + below.name;
    return text;
}

std::string option_line(const std::string& when, const Argument& option) {
    std::string text = fmt::format("complete -c faceward -n '{}'", when);
    for (const std::string& name : option.names)
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (option.takes_value) text += option.is_path ? " -r -F" : " -x";
    if (!option.choices.empty()) text += fmt::format(" -a '{}'", fmt::join(option.choices, " "));
    return text + fmt::format(" -d '{}'\n", escaped(option.meaning));
}

}  // namespace

std::string fish_completion(const Command& program) {
    std::string text =
        "# Completion for fish: faceward completion fish | source\n\ncomplete -c faceward -f\n";
    for (const Command* command : all_commands(program)) {
        const std::string when = condition(*command);
        for (const Command& below : command->commands)
            text += fmt::format("complete -c faceward -n '{}' -a {} -d '{}'\n", when, below.name,
                                escaped(below.meaning));
        for (const Argument& option : command->options) text += option_line(when, option);
        if (!command->positionals.empty())
            text += fmt::format("complete -c faceward -n '{}' -F\n", when);
    }
    return text;
}

}  // namespace faceward::app::manual
