#include "service/ops/settings.hpp"

#include "service/ops/host_overlap.hpp"
#include "service/ops/setting_table.hpp"
#include "service/ops/settings_toml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

namespace faceward::ops {
namespace {

using Outcome = tl::expected<void, std::string>;

constexpr std::string_view variable_prefix = "FACEWARD_";

/// Variables with our prefix that are no settings.
constexpr std::array<std::string_view, 7> reserved_variables{
    "FACEWARD_CONFIG",            // the settings file, where none is named on the command line
    "FACEWARD_CACHE",             // the cache folder: downloads, built packs, compiled networks
    "FACEWARD_PACKS",             // tests: folder of the built packs
    "FACEWARD_EVAL",              // tests: folder of the evaluation data
    "FACEWARD_PICTURES",          // tests: folder of the photographs fetched at set-up
    "FACEWARD_GENERATED_MODELS",  // tests: folder of the generated networks
    "FACEWARD_TEST_PYTHON",       // tests: a Python with the libraries to compare with
};

template <class... Parts>
tl::unexpected<std::string> refuse(fmt::format_string<Parts...> form, Parts&&... parts) {
    return tl::make_unexpected(fmt::format(form, std::forward<Parts>(parts)...));
}

Outcome apply(Settings& settings, const Setting& setting, const std::optional<Value>& accepted,
              std::string_view shown, std::string_view origin) {
    if (!accepted)
        return refuse("{}: {} = {}, but it must be {}", origin, setting.name,
                      std::holds_alternative<Secret>(setting.allowed) ? "(not shown)" : shown,
                      describe(setting.allowed));
    setting.set(settings, *accepted);
    return {};
}

Outcome apply_text(Settings& settings, const Setting& setting, const std::string& text,
                   std::string_view origin) {
    return apply(settings, setting, accept_text(setting.allowed, text), fmt::format("\"{}\"", text),
                 origin);
}

Outcome apply_entry(Settings& settings, const FileEntry& entry, const std::filesystem::path& file) {
    const std::string origin = fmt::format("{} line {}", file.string(), entry.line);
    const Setting* setting = find_setting(entry.name);
    if (setting == nullptr) return refuse("{}: there is no setting {}", origin, entry.name);
    const auto accepted = entry.value ? accept(setting->allowed, *entry.value) : std::nullopt;
    return apply(settings, *setting, accepted, entry.shown, origin);
}

Outcome apply_file(Settings& settings, const std::filesystem::path& file) {
    if (file.empty()) return {};
    const auto entries = read_toml(file);
    if (!entries) return tl::make_unexpected(entries.error());
    for (const FileEntry& entry : *entries)
        if (auto done = apply_entry(settings, entry, file); !done) return done;
    return {};
}

/// The setting that a variable stands for: FACEWARD_MAX_QUEUE is max_queue. Null if there is none.
const Setting* variable_setting(std::string_view variable) {
    std::string name(variable.substr(variable_prefix.size()));
    if (std::ranges::any_of(name, [](unsigned char c) { return std::islower(c) != 0; }))
        return nullptr;
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return find_setting(name);
}

Outcome apply_environment(Settings& settings, const Environment& environment) {
    for (const auto& [name, text] : environment) {
        if (!name.starts_with(variable_prefix)) continue;
        if (std::ranges::find(reserved_variables, name) != reserved_variables.end()) continue;
        const std::string origin = fmt::format("environment variable {}", name);
        const Setting* setting = variable_setting(name);
        if (setting == nullptr) return refuse("{}: there is no such setting", origin);
        if (auto done = apply_text(settings, *setting, text, origin); !done) return done;
    }
    return {};
}

Outcome apply_options(Settings& settings, const GivenOptions& options) {
    for (const auto& [name, text] : options) {
        const std::string origin = fmt::format("option --{}", name);
        const Setting* setting = find_setting(name);
        if (setting == nullptr) return refuse("{}: there is no such setting", origin);
        if (auto done = apply_text(settings, *setting, text, origin); !done) return done;
    }
    return {};
}

/// What settings that hold one by one do not hold together.
std::vector<std::string> clashes(const Settings& settings) {
    std::vector<std::string> found;
    if (settings.decline_threshold > settings.approve_threshold)
        found.push_back(
            fmt::format("decline_threshold = {}, but it must be at most approve_threshold = {}",
                        settings.decline_threshold, settings.approve_threshold));
    if (settings.max_buffered_bytes < settings.max_body_bytes)
        found.push_back(
            fmt::format("max_buffered_bytes = {}, but it must be at least max_body_bytes = {}",
                        settings.max_buffered_bytes, settings.max_body_bytes));
    if (settings.admin_port != 0 && settings.admin_port == settings.port &&
        hosts_overlap(settings.admin_host, settings.host))
        found.push_back(
            fmt::format("admin_port = {}, but it must not be port, as admin_host = "
                        "\"{}\" and host = \"{}\" overlap",
                        settings.admin_port, settings.admin_host, settings.host));
    return found;
}

Outcome check_together(const Settings& settings) {
    const auto found = clashes(settings);
    if (!found.empty()) return tl::make_unexpected(fmt::format("{}", fmt::join(found, "; ")));
    return {};
}

}  // namespace

std::vector<std::string> file_problems(const std::filesystem::path& file) {
    const auto entries = read_toml(file);
    if (!entries) return {entries.error()};
    Settings settings;
    std::vector<std::string> problems;
    for (const FileEntry& entry : *entries)
        if (auto done = apply_entry(settings, entry, file); !done)
            problems.push_back(std::move(done.error()));
    for (const std::string& clash : clashes(settings))
        problems.push_back(fmt::format("{}: {}", file.string(), clash));
    return problems;
}

tl::expected<Settings, std::string> load_settings(const SettingSources& sources) {
    Settings settings;
    return apply_file(settings, sources.file)
        .and_then([&] { return apply_environment(settings, sources.environment); })
        .and_then([&] { return apply_options(settings, sources.options); })
        .and_then([&] { return check_together(settings); })
        .map([&] { return settings; });
}

}  // namespace faceward::ops
