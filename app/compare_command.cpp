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
    std::string probe;
    std::vector<std::string> references;
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

/// A line of JSON about a pair or, without a reference, about the probe.
nlohmann::ordered_json line_about(const Options& options, const std::string* reference) {
    nlohmann::ordered_json line{{"probe", options.probe}};
    if (reference != nullptr) line["reference"] = *reference;
    return line;
}

void complain(const Options& options, const std::string* reference, const Error& error) {
    const std::string reason = describe(error);
    if (!options.json) {
        std::cerr << (reference != nullptr ? *reference : options.probe) << ": " << reason << '\n';
        return;
    }
    auto line = line_about(options, reference);
    line["error"] = reason;
    std::cout << line.dump() << '\n';
}

void print(const Options& options, const std::string& reference, double score,
           std::string_view decision) {
    if (!options.json) {
        std::cout << reference << ": " << templates::print_score(score) << " " << decision << '\n';
        return;
    }
    auto line = line_about(options, &reference);
    line["score"] = score;
    line["decision"] = decision;
    std::cout << line.dump() << '\n';
}

/// Whether all could be compared.
bool compare_files(Engine& engine, const ops::Settings& settings, const Options& options) {
    const auto probe = load(engine, options.probe);
    if (!probe) {
        complain(options, nullptr, probe.error());
        return false;
    }
    bool all = true;
    for (const std::string& file : options.references) {
        const auto reference = load(engine, file);
        if (!reference) {
            complain(options, &file, reference.error());
            all = false;
            continue;
        }
        const double score = engine.compare(*probe, *reference);
        print(options, file, score,
              templates::to_string(templates::decide(score, settings.approve_threshold,
                                                     settings.decline_threshold)));
    }
    return all;
}

}  // namespace

void add_compare(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "compare", "Compare the first file with each of the others; pictures and templates mix");
    const auto options = std::make_shared<Options>(*command);
    command->add_option("probe", options->probe, "A picture or template")->required();
    command->add_option("reference", options->references, "Pictures or templates, one or more")
        ->required();
    command->add_flag("--json", options->json, "Print one JSON object a line")->group("Output");
    command->callback([&run, options] {
        run = [options] {
            const auto settings = options->settings.load();
            if (!settings) return give_up(settings.error());
            auto engine = open_engine(*settings);
            if (!engine) return give_up(engine.error());
            return compare_files(*engine, *settings, *options) ? 0 : 1;
        };
    });
}

}  // namespace faceward::app
