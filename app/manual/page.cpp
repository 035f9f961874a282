#include "app/manual/outline.hpp"
#include "service/ops/setting_table.hpp"
#include "service/ops/settings_toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace faceward::app::manual {
namespace {

/// The bytes of a UTF-8 sequence that begins with this one.
std::size_t length_of_sequence(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) return 1;
    if (byte < 0xE0) return 2;
    return byte < 0xF0 ? 3 : 4;
}

/// A character beyond ASCII by its code point, because roff reads Latin-1.
std::string by_code_point(std::string_view sequence) {
    const std::array<unsigned, 5> masks{0, 0, 0x1F, 0x0F, 0x07};
    unsigned code = static_cast<unsigned char>(sequence.front()) & masks.at(sequence.size());
    for (const char c : sequence.substr(1)) code = code << 6U | (static_cast<unsigned>(c) & 0x3FU);
    return fmt::format("\\[u{:04X}]", code);
}

/// Text that roff prints as it is.
std::string plain(std::string_view text) {
    std::string made;
    for (std::size_t i = 0; i < text.size(); i += length_of_sequence(text[i])) {
        if (text[i] == '\\')
            made += "\\e";
        else if (text[i] == '-')
            made += "\\-";
        else if (const std::size_t length = length_of_sequence(text[i]); length > 1)
            made += by_code_point(text.substr(i, length));
        else
            made += text[i];
    }
    // At the beginning of a line these would make it a request.
    if (made.starts_with('.') || made.starts_with('\'')) made.insert(0, "\\&");
    return made;
}

std::string value_of(const Argument& option) {
    if (!option.takes_value) return {};
    if (!option.choices.empty()) return fmt::format(" {}", fmt::join(option.choices, "|"));
    return option.is_path ? " FILE" : " VALUE";
}

std::string argument(const Argument& argument) {
    std::vector<std::string> names;
    names.reserve(argument.names.size());
    for (const std::string& name : argument.names) names.push_back("\\fB" + plain(name) + "\\fR");
    return fmt::format(".TP\n{}\\fI{}\\fR\n{}.\n", fmt::join(names, ", "),
                       plain(value_of(argument)), plain(argument.meaning));
}

/// What is written behind the command's name.
std::string usage(const Command& command) {
    std::string text = "\\fB" + plain(command.path) + "\\fR";
    if (!command.options.empty()) text += " [\\fIOPTION\\fR]...";
    for (const Argument& file : command.positionals)
        text += " \\fI" + plain(file.names.front()) + "\\fR" + (file.may_repeat ? "..." : "");
    return text + "\n";
}

std::string section(const Command& command) {
    std::string text = ".SS " + usage(command) + plain(command.meaning) + ".\n";
    const bool takes_settings = std::ranges::any_of(command.options, &Argument::is_setting);
    if (takes_settings) text += "Every setting is an option too.\n";
    for (const Argument& option : command.options)
        if (!option.is_setting && option.names.front() != "--help") text += argument(option);
    for (const Argument& positional : command.positionals) text += argument(positional);
    return text;
}

std::string setting(const ops::Setting& setting) {
    const std::string line = ops::assignment(setting, setting.get(ops::Settings{}));
    return fmt::format(".TP\n\\fB{}\\fR\n{}.\n{}{}{}.{}\n", plain(line), plain(setting.meaning),
                       plain(describe(setting.allowed)), setting.unit.empty() ? "" : ", in ",
                       setting.unit, setting.live ? " Live." : "");
}

constexpr std::string_view settings_intro =
    ".SH SETTINGS\n"
    "A setting has one name everywhere: \\fBmax_queue = 5\\fR in the TOML file that\n"
    "\\fB\\-\\-config\\fR or the variable \\fBFACEWARD_CONFIG\\fR names,\n"
    "\\fBFACEWARD_MAX_QUEUE=5\\fR in the environment, \\fB\\-\\-max_queue 5\\fR or\n"
    "\\fB\\-\\-max\\-queue 5\\fR on the command line; the later ones are stronger.\n"
    "A running server takes over those called live when it gets SIGHUP.\n"
    "Each stands here with its default.\n";

constexpr std::string_view ending =
    ".SH SIGNALS\n"
    ".TP\n\\fBSIGTERM\\fR, \\fBSIGINT\\fR\n"
    "The server finishes what is in flight, within \\fBshutdown_grace_ms\\fR, and ends. The second "
    "one ends it at once.\n"
    ".TP\n\\fBSIGHUP\\fR\n"
    "The server reads its settings anew. What can change while it runs is taken over, all at once; "
    "settings that do not hold change nothing. The log says what was done.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n\\fBFACEWARD_CONFIG\\fR\n"
    "The settings file, where \\fB\\-\\-config\\fR names none.\n"
    ".TP\n\\fBFACEWARD_CACHE\\fR\n"
    "The folder for what can be made again: model packs, compiled networks. Else \\fIfaceward\\fR "
    "in \\fB$XDG_CACHE_HOME\\fR or \\fI~/.cache\\fR.\n"
    ".SH EXIT STATUS\n"
    "0: done; 1: it could not be done, and standard error says why; 2: wrong usage.\n"
    ".SH EXAMPLES\n"
    ".nf\n"
    "faceward serve \\-\\-models PACK \\-\\-port 8080\n"
    "faceward compare \\-\\-models PACK face.jpg other.jpg\n"
    "faceward config \\-\\-template > faceward.toml\n"
    "faceward doctor \\-\\-config faceward.toml\n"
    ".fi\n";

}  // namespace

std::string manual_page(const Command& program, std::string_view version) {
    std::string text = fmt::format(
        ".TH FACEWARD 1 \"\" \"faceward {}\" \"User Commands\"\n"
        ".SH NAME\nfaceward \\- face templates, comparison, liveness, and their HTTP server\n"
        ".SH SYNOPSIS\n.nf\n",
        plain(version));
    const auto commands = all_commands(program);
    for (const Command* command : commands)
        if (command != &program) text += usage(*command);
    text += ".fi\n.SH COMMANDS\n";
    for (const Command* command : commands)
        if (command != &program) text += section(*command);
    text += settings_intro;
    for (const ops::Setting& row : ops::setting_table()) text += setting(row);
    return text += ending;
}

}  // namespace faceward::app::manual
