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

nlohmann::json finding_on(Engine& engine, std::size_t slot, const std::filesystem::path& file) {
    if (!std::filesystem::is_regular_file(file)) return {{"failure", "no such file"}};
    const auto extraction = engine.extract(slot, bytes_of(file));
    if (!extraction)
        return {{"failure", name_of(extraction.error().fault)},
                {"reason", extraction.error().reason}};
    const auto bytes = engine.write_template(extraction->face_template);
    return {{"template", http::to_base64(std::string(bytes.begin(), bytes.end()))}};
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

Acquired acquire(Engine& engine, const std::vector<std::string>& paths,
                 const std::filesystem::path& images, Journal& journal, const Progress& progress) {
    const auto findings = look_at_all(
        paths, images, engine.slots(), journal,
        [&](std::size_t slot, const std::filesystem::path& file) {
            return finding_on(engine, slot, file);
        },
        progress);
    Acquired acquired;
    for (const nlohmann::json& finding : findings) {
        acquired.templates.emplace_back();
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

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace faceward::evaluation
