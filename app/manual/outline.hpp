#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What the command line takes, as values, and the texts that are made of them: completion for
/// three shells, and the manual page. Options and settings stand in one table each; these follow.
namespace faceward::app::manual {

/// An option or a positional argument of a command.
struct Argument {
    std::vector<std::string> names;    ///< "--max_queue", "--max-queue"; of a positional its name
    std::string meaning;               ///< a sentence without its full stop
    bool takes_value = false;          ///< a switch takes none
    std::vector<std::string> choices;  ///< of its value; empty: any
    bool is_path = false;              ///< its value names a file or folder
    bool is_setting = false;           ///< of the program, and so an option of many commands
    bool may_repeat = false;           ///< of a positional: one or more
};

/// A command with its subcommands. The program itself is the outermost.
struct Command {
    std::string name;  ///< "check"
    std::string path;  ///< "faceward models check"
    std::string meaning;
    std::vector<Argument> options;
    std::vector<Argument> positionals;
    std::vector<Command> commands;
};

Command outline(const CLI::App& program);

/// The command and all below it, outermost first.
std::vector<const Command*> all_commands(const Command& command);

/// Scripts that complete words of the command line; each says how it is used.
std::string bash_completion(const Command& program);
std::string zsh_completion(const Command& program);
std::string fish_completion(const Command& program);

/// The manual page, as groff_man(7) has them.
std::string manual_page(const Command& program, std::string_view version);

}  // namespace faceward::app::manual
