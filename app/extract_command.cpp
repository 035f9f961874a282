#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/setup.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>

namespace faceward::app {
namespace {

struct Options {
    explicit Options(CLI::App& command) : settings(command) {}
    SettingsSource settings;
    std::vector<std::string> pictures;
    std::string out;
    bool json = false;
};

/// Where the template of a picture goes: beside it, or into the folder that was asked for.
std::filesystem::path template_path(const std::filesystem::path& picture, const std::string& out) {
    std::filesystem::path name = picture.filename();
    name += ".template";
    return (out.empty() ? picture.parent_path() : std::filesystem::path(out)) / name;
}

nlohmann::ordered_json to_json(const Extraction& extraction) {
    const face::Face& face = extraction.face;
    nlohmann::ordered_json points = nlohmann::json::array();
    for (const image::Point& p : face.points) points.push_back({p.x, p.y});
    nlohmann::ordered_json milliseconds;
    for (const auto& [stage, ms] : extraction.times) milliseconds[std::string(stage)] = ms;
    return {{"box", {face.box.x1, face.box.y1, face.box.x2, face.box.y2}},
            {"detector_score", face.score},
            {"landmarks", std::move(points)},
            {"ms", std::move(milliseconds)}};
}

void print(const std::string& picture, const Extraction& extraction,
           const std::filesystem::path& template_file, std::size_t bytes) {
    double total = 0;
    for (const auto& [stage, ms] : extraction.times) total += ms;
    const image::Box& box = extraction.face.box;
    std::cout << picture << ": a face of " << std::lround(box.width()) << "x"
              << std::lround(box.height()) << " pixels at " << std::lround(box.x1) << ","
              << std::lround(box.y1) << " -> " << template_file.string() << " (" << bytes
              << " bytes, " << std::lround(total) << " ms)\n";
}

bool extract_one(Engine& engine, const std::string& picture, const Options& options) {
    const auto encoded = read_file(picture);
    const auto extraction =
        encoded ? engine.extract(0, *encoded) : fail(Fault::picture_unreadable, "no such file");
    if (!extraction) {
        const std::string reason = describe(extraction.error());
        if (options.json)
            std::cout << nlohmann::ordered_json{{"picture", picture}, {"error", reason}}.dump()
                      << '\n';
        else
            std::cerr << picture << ": " << reason << '\n';
        return false;
    }
    const auto bytes = engine.write_template(extraction->face_template);
    const std::filesystem::path file = template_path(picture, options.out);
    if (!write_file(file, bytes)) {
        std::cerr << file.string() << ": cannot be written\n";
        return false;
    }
    if (options.json) {
        nlohmann::ordered_json line{{"picture", picture}, {"template", file.string()}};
        line.update(to_json(*extraction));
        std::cout << line.dump() << '\n';
    } else {
        print(picture, *extraction, file, bytes.size());
    }
    return true;
}

}  // namespace

void add_extract(CLI::App& program, Run& run) {
    CLI::App* command = program.add_subcommand(
        "extract",
        "Make templates of pictures; each is written beside its picture as NAME.template");
    const auto options = std::make_shared<Options>(*command);
    command->add_option("picture", options->pictures, "JPEG or PNG files")->required();
    command->add_option("--out", options->out, "Folder for the templates")
        ->check(CLI::ExistingDirectory)
        ->group("Files");
    command->add_flag("--json", options->json, "Print one JSON object a line")->group("Output");
    command->callback([&run, options] {
        run = [options] {
            const auto settings = options->settings.load();
            if (!settings) return give_up(settings.error());
            auto engine = open_engine(*settings);
            if (!engine) return give_up(engine.error());
            bool all = true;
            for (const std::string& picture : options->pictures)
                all = extract_one(*engine, picture, *options) && all;
            return all ? 0 : 1;
        };
    });
}

}  // namespace faceward::app
