#include "service/ops/settings_toml.hpp"

#include "service/ops/setting_table.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>
#include <sstream>

namespace faceward::ops {
namespace {

template <class Node>
std::string formatted(const Node& node) {
    std::ostringstream out;
    out << toml::toml_formatter{node, toml::format_flags::none};
    return out.str();
}

std::string literal(double number) { return fmt::format("{}", number); }

/// On one line, however long: the library would break it.
std::string literal(const std::vector<std::string>& words) {
    std::vector<std::string> quoted;
    quoted.reserve(words.size());
    for (const std::string& word : words) quoted.push_back(formatted(toml::value{word}));
    return fmt::format("[{}]", fmt::join(quoted, ", "));
}

template <class T>
std::string literal(const T& value) {
    return formatted(toml::value{value});
}

std::string literal(const Value& value) {
    return std::visit([](const auto& v) { return literal(v); }, value);
}

/// The strings of an array of nothing else.
std::optional<Value> words(const toml::array& array) {
    std::vector<std::string> found;
    for (const toml::node& node : array) {
        const auto* text = node.as_string();
        if (text == nullptr) return std::nullopt;
        found.push_back(text->get());
    }
    return found;
}

FileEntry entry(const toml::key& key, const toml::node& node) {
    std::optional<Value> value;
    node.visit([&](const auto& n) {
        if constexpr (toml::is_boolean<decltype(n)> || toml::is_number<decltype(n)> ||
                      toml::is_string<decltype(n)>)
            value = n.get();
        else if constexpr (toml::is_array<decltype(n)>)
            value = words(n);
    });
    const auto other = [&] {
        return node.is_table() ? "a table" : node.visit([](const auto& n) { return formatted(n); });
    };
    return {std::string(key.str()), value, value ? literal(*value) : other(),
            key.source().begin.line};
}

}  // namespace

std::string assignment(const Setting& setting, const Value& value) {
    if (std::holds_alternative<Secret>(setting.allowed) && value != Value(std::string()))
        return fmt::format("# {} is set, and not shown here", setting.name);
    return fmt::format("{} = {}", setting.name, literal(value));
}

tl::expected<std::vector<FileEntry>, std::string> read_toml(const std::filesystem::path& file) {
    try {
        std::ifstream in(file);
        if (!in || std::filesystem::is_directory(file))
            return tl::make_unexpected(
                fmt::format("{}: cannot be opened as a file", file.string()));
        std::vector<FileEntry> entries;
        for (const auto& [key, node] : toml::parse(in)) entries.push_back(entry(key, node));
        return entries;
    } catch (const toml::parse_error& error) {
        return tl::make_unexpected(fmt::format("{} line {}: {}", file.string(),
                                               error.source().begin.line, error.description()));
    } catch (const std::exception& error) {
        return tl::make_unexpected(
            fmt::format("{}: cannot be read: {}", file.string(), error.what()));
    }
}

std::string to_toml(const Settings& settings) {
    const Settings defaults;
    std::string text =
        "# Settings of faceward. Each can also be given as the environment variable "
        "FACEWARD_<SETTING> and as the\n"
        "# option --<setting>; an option overrides a variable, and a variable overrides this "
        "file.\n"
        "# A running server takes over those that are marked as live when it gets SIGHUP.\n";
    for (const Setting& setting : setting_table()) {
        text += fmt::format(
            "\n# {}.\n# {}{}{}; default {}{}\n{}\n", setting.meaning, describe(setting.allowed),
            setting.unit.empty() ? "" : ", in ", setting.unit, literal(setting.get(defaults)),
            setting.live ? "; live" : "", assignment(setting, setting.get(settings)));
    }
    return text;
}

}  // namespace faceward::ops
