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

std::string literal(const Value& value) {
    if (const double* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    return std::visit([](const auto& v) { return formatted(toml::value{v}); }, value);
}

FileEntry entry(const toml::key& key, const toml::node& node) {
    std::optional<Value> value;
    node.visit([&](const auto& n) {
        if constexpr (toml::is_boolean<decltype(n)> || toml::is_number<decltype(n)> ||
                      toml::is_string<decltype(n)>)
            value = n.get();
    });
    const auto other = [&] {
        return node.is_table() ? "a table" : node.visit([](const auto& n) { return formatted(n); });
    };
    return {std::string(key.str()), value, value ? literal(*value) : other(),
            key.source().begin.line};
}

}  // namespace

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
        "file.\n";
    for (const Setting& setting : setting_table()) {
        text += fmt::format("\n# {}.\n# {}{}{}; default {}\n{} = {}\n", setting.meaning,
                            describe(setting.allowed), setting.unit.empty() ? "" : ", in ",
                            setting.unit, literal(setting.get(defaults)), setting.name,
                            literal(setting.get(settings)));
    }
    return text;
}

}  // namespace faceward::ops
