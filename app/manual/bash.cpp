#include "app/manual/outline.hpp"

#include <fmt/format.h>

#include <map>

namespace faceward::app::manual {
namespace {

/// What a value can be, as bash's `compgen` makes words of it.
std::string words_of(const Argument& argument) {
    if (!argument.choices.empty()) return fmt::format("-W '{}'", fmt::join(argument.choices, " "));
    return argument.is_path ? "-f" : "-W ''";
}

/// The options of all commands that take a value, in groups of those that take the same.
std::string value_cases(const Command& program) {
    std::map<std::string, std::map<std::string, bool>> names;
    for (const Command* command : all_commands(program))
        for (const Argument& option : command->options)
            if (option.takes_value)
                for (const std::string& name : option.names) names[words_of(option)][name] = true;
    std::string cases;
    for (const auto& [words, options] : names) {
        std::vector<std::string> all;
        for (const auto& [name, is_one] : options) all.push_back(name);
        cases += fmt::format(
            "        {}) mapfile -t COMPREPLY < <(compgen {} -- \"$word\"); return ;;\n",
            fmt::join(all, " | "), words);
    }
    return cases;
}

/// What a command can be followed by.
std::string command_cases(const Command& program) {
    std::string cases;
    for (const Command* command : all_commands(program)) {
        std::vector<std::string> words;
        words.reserve(command->commands.size() + command->options.size());
        for (const Command& below : command->commands) words.push_back(below.name);
        for (const Argument& option : command->options) words.push_back(option.names.front());
        cases += fmt::format("        '{}') words='{}'; files={} ;;\n", command->path,
                             fmt::join(words, " "), command->positionals.empty() ? 0 : 1);
    }
    return cases;
}

std::string paths(const Command& program) {
    std::vector<std::string> all;
    for (const Command* command : all_commands(program))
        all.push_back(fmt::format("'{}'", command->path));
    return fmt::format("{}", fmt::join(all, " | "));
}

}  // namespace

std::string bash_completion(const Command& program) {
    return fmt::format(R"(# Completion for bash: source <(faceward completion bash)

_faceward() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} path=faceward words= files=0 i
    # --option=value comes as three words.
    [[ $word != = ]] || word=
    [[ $before != = ]] || before=${{COMP_WORDS[COMP_CWORD - 2]}}
    case $before in
{}    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$path ${{COMP_WORDS[i]}}" in
        {}) path="$path ${{COMP_WORDS[i]}}" ;;
        esac
    done
    case $path in
{}    esac
    mapfile -t COMPREPLY < <(
        compgen -W "$words" -- "$word"
        [[ $files == 0 || $word == -* ]] || compgen -f -- "$word"
    )
}}
complete -o filenames -F _faceward faceward
)",
                       value_cases(program), paths(program), command_cases(program));
}

}  // namespace faceward::app::manual
