#include "app/manual/outline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace faceward::app::manual {
namespace {

/// For a text within '…' of zsh in which some characters have a meaning of their own.
std::string escaped(std::string_view text, std::string_view special) {
    std::string made;
    for (const char c : text) {
        if (c == '\'') {
            made += "'\\''";
            continue;
        }
        if (special.find(c) != std::string_view::npos) made += '\\';
        made += c;
    }
    return made;
}

std::string action_of(const Argument& argument) {
    if (!argument.choices.empty()) return fmt::format("({})", fmt::join(argument.choices, " "));
    return argument.is_path ? "_files" : "";
}

/// An option as `_arguments` takes it.
std::string specification(const Argument& option) {
    return fmt::format("'{}[{}]{}'", option.names.front(), escaped(option.meaning, "[]:\\"),
                       option.takes_value ? ":value:" + action_of(option) : "");
}

std::string function_name(std::string path) {
    std::ranges::replace(path, ' ', '_');
    return "_" + path;
}

std::string function(const Command& command) {
    std::string text = fmt::format("{}() {{\n", function_name(command.path));
    if (!command.commands.empty()) {
        text += "    local state line\n    local -a commands=(\n";
        for (const Command& below : command.commands)
            text += fmt::format("        '{}:{}'\n", below.name, escaped(below.meaning, ":\\"));
        text += "    )\n";
    }
    text += command.commands.empty() ? "    _arguments" : "    _arguments -C";
    for (const Argument& option : command.options) text += " \\\n        " + specification(option);
    for (const Argument& file : command.positionals)
        text += fmt::format(" \\\n        '{}:{}:_files'", file.may_repeat ? "*" : "",
                            escaped(file.meaning, ":\\"));
    if (!command.commands.empty()) {
        text += " \\\n        '1: :{_describe command commands}' \\\n        '*:: :->below'\n";
        text += "    [[ $state == below ]] || return\n    case $words[1] in\n";
        for (const Command& below : command.commands)
            text += fmt::format("    {}) {} ;;\n", below.name, function_name(below.path));
        text += "    esac";
    }
    return text + "\n}\n\n";
}

}  // namespace

std::string zsh_completion(const Command& program) {
    std::string text =
        "#compdef faceward\n"
        "# Completion for zsh: source <(faceward completion zsh), after compinit; or as _faceward "
        "in a folder of $fpath\n\n";
    for (const Command* command : all_commands(program)) text += function(*command);
    return text +
           "if [[ ${funcstack[1]} == _faceward ]]; then _faceward \"$@\"; "
           "else compdef _faceward faceward; fi\n";
}

}  // namespace faceward::app::manual
