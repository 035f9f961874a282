#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/setup.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace faceward::app {
namespace {

struct Options {
    explicit Options(CLI::App& command) : settings(command) {}
    SettingsSource settings;
    std::vector<std::string> files;
    bool json = false;
};

bool is_template(const std::vector<std::uint8_t>& bytes) {
    return bytes.size() >= 4 && std::equal(bytes.begin(), bytes.begin() + 4, "FWFT");
}

/// A template out of a template file or a picture.
Result<templates::Template> load(Engine& engine, const std::string& file) {
    const auto bytes = read_file(file);
    if (!bytes) return fail(Fault::picture_unreadable, "no such file");
    if (is_template(*bytes)) return engine.read_template(*bytes);
    auto extraction = engine.extract(0, *bytes);
    if (!extraction) return tl::make_unexpected(extraction.error());
    return std::move(extraction->face_template);
}

int compare_files(Engine& engine, const ops::Settings& settings, const Options& options) {
    std::vector<templates::Template> loaded;
    for (const std::string& file : options.files) {
        auto face_template = load(engine, file);
        if (!face_template) {
            const Error& error = face_template.error();
            return give_up(file + ": " + std::string(meaning(error.fault)) +
                           (error.reason.empty() ? "" : ": " + error.reason));
        }
        loaded.push_back(std::move(*face_template));
    }
    for (std::size_t i = 1; i < loaded.size(); ++i) {
        const double score = engine.compare(loaded.front(), loaded[i]);
        const std::string_view decision = templates::to_string(
            templates::decide(score, settings.approve_threshold, settings.decline_threshold));
        if (options.json)
            std::cout << nlohmann::ordered_json{{"probe", options.files.front()},
                                                {"reference", options.files[i]},
                                                {"score", score},
                                                {"decision", decision}}
                             .dump()
                      << '\n';
        else
            std::cout << options.files[i] << ": " << templates::print_score(score) << " "
                      << decision << '\n';
    }
    return 0;
}

}  // namespace

void add_compare(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "compare", "Compare the first file with each of the others; pictures and templates mix");
    const auto options = std::make_shared<Options>(*command);
    command->add_option("file", options->files, "Pictures or templates, two or more")
        ->required()
        ->expected(2, 1'000'000);
    command->add_flag("--json", options->json, "Print one JSON object a line")->group("Output");
    command->callback([&run, options] {
        run = [options] {
            const auto settings = options->settings.load();
            if (!settings) return give_up(settings.error());
            auto engine = open_engine(*settings);
            if (!engine) return give_up(engine.error());
            return compare_files(*engine, *settings, *options);
        };
    });
}

}  // namespace faceward::app
