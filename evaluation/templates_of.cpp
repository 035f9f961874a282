#include "evaluation/templates_of.hpp"

#include "service/http/base64.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace faceward::evaluation {
namespace {

std::string_view name_of(Fault fault) {
    switch (fault) {
        case Fault::face_not_found:
            return "no face";
        case Fault::several_faces:
            return "several faces";
        case Fault::template_not_extracted:
            return "no template can be made of the face";
        case Fault::picture_unreadable:
            return "unreadable picture";
        default:
            return "internal fault";
    }
}

nlohmann::json finding_on(Engine& engine, std::size_t slot, const std::filesystem::path& file,
                          bool with_quality) {
    if (!std::filesystem::is_regular_file(file)) return {{"failure", "no such file"}};
    const auto extraction = engine.extract(slot, bytes_of(file), with_quality);
    if (!extraction)
        return {{"failure", name_of(extraction.error().fault)},
                {"reason", extraction.error().reason}};
    const auto bytes = engine.write_template(extraction->face_template);
    nlohmann::json finding{{"template", http::to_base64(std::string(bytes.begin(), bytes.end()))}};
    if (with_quality) {
        finding["unified_score"] = extraction->quality->unified_score;
        finding["face_size"] = face::size_of(extraction->face);
    }
    return finding;
}

Acquired acquire_all(Engine& engine, const std::vector<std::string>& paths,
                     const std::filesystem::path& images, Journal& journal,
                     const Progress& progress, bool with_quality) {
    const auto findings = look_at_all(
        paths, images, engine.slots(), journal,
        [&](std::size_t slot, const std::filesystem::path& file) {
            return finding_on(engine, slot, file, with_quality);
        },
        progress);
    Acquired acquired;
    for (const nlohmann::json& finding : findings) {
        acquired.templates.emplace_back();
        if (with_quality)
            acquired.qualities.push_back(
                {finding.value("unified_score", 0.0), finding.value("face_size", 0.0)});
        if (finding.contains("failure")) {
            ++acquired.failures[finding["failure"].get<std::string>()];
            continue;
        }
        const auto bytes = http::from_base64(finding["template"].get<std::string>());
        const auto read =
            engine.read_template(bytes ? std::vector<std::uint8_t>(bytes->begin(), bytes->end())
                                       : std::vector<std::uint8_t>());
        if (read)
            acquired.templates.back() = *read;
        else
            ++acquired.failures["damaged journal"];
    }
    return acquired;
}

}  // namespace

nlohmann::json maker_of(const Engine& engine, const std::string& kind,
                        const nlohmann::json& settings) {
    std::string identity;
    for (const std::uint8_t byte : engine.maker().identity) identity += fmt::format("{:02x}", byte);
    return {{"faceward", FACEWARD_VERSION},
            {"run", kind},
            {"pack", engine.maker().label},
            {"templates", identity},
            {"settings", settings}};
}

std::size_t Acquired::failed() const {
    std::size_t sum = 0;
    for (const auto& [reason, count] : failures) sum += count;
    return sum;
}

Cases Acquired::failures_of(std::span<const std::uint32_t> subjects) const {
    Cases cases;
    for (std::size_t i = 0; i < templates.size(); ++i) cases.add(subjects[i], !templates[i]);
    return cases;
}

Acquired acquire(Engine& engine, const std::vector<std::string>& paths,
                 const std::filesystem::path& images, Journal& journal, const Progress& progress) {
    return acquire_all(engine, paths, images, journal, progress, false);
}

Acquired acquire_with_quality(Engine& engine, const std::vector<std::string>& paths,
                              const std::filesystem::path& images, Journal& journal,
                              const Progress& progress) {
    return acquire_all(engine, paths, images, journal, progress, true);
}

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace faceward::evaluation
