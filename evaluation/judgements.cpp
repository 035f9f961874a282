#include "evaluation/judgements.hpp"

#include "evaluation/templates_of.hpp"

#include <cctype>

namespace faceward::evaluation {
namespace {

nlohmann::json finding_on(Engine& engine, std::size_t slot, const std::filesystem::path& file) {
    if (!std::filesystem::is_regular_file(file)) return {{"refused", "no such file"}};
    const auto judgement = engine.judge(slot, bytes_of(file), {});
    if (!judgement)
        return {{"refused", judgement.error().reason.empty()
                                ? "there is no face, or more than one person"
                                : judgement.error().reason}};
    return {{"attack_probability", judgement->verdict.attack_probability},
            {"networks_probability", judgement->verdict.networks_probability}};
}

/// A reason without its numbers, so that the same ones are counted together.
std::string kind_of(std::string reason) {
    std::string kind;
    for (const char c : reason) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0)
            kind += c;
        else if (kind.empty() || kind.back() != '#')
            kind += '#';
    }
    return kind;
}

}  // namespace

std::vector<JudgedMedium> judge_all(Engine& engine, const std::vector<Presentation>& presentations,
                                    const std::filesystem::path& base, Journal& journal,
                                    const Progress& progress) {
    std::vector<std::string> paths;
    for (const Presentation& presentation : presentations) paths.push_back(presentation.path);
    const auto findings = look_at_all(
        paths, base, engine.slots(), journal,
        [&](std::size_t slot, const std::filesystem::path& file) {
            return finding_on(engine, slot, file);
        },
        progress);
    std::vector<JudgedMedium> judged;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        JudgedMedium medium{presentations[i], {}, {}, {}};
        if (findings[i].contains("refused")) {
            medium.reason = kind_of(findings[i]["refused"].get<std::string>());
        } else {
            medium.attack_probability = findings[i]["attack_probability"].get<double>();
            medium.networks_probability = findings[i]["networks_probability"].get<double>();
        }
        judged.push_back(std::move(medium));
    }
    return judged;
}

std::vector<PresentationOutcome> outcomes_of(std::span<const JudgedMedium> judged) {
    std::vector<PresentationOutcome> outcomes;
    outcomes.reserve(judged.size());
    for (const JudgedMedium& medium : judged)
        outcomes.push_back({medium.shown.instrument, medium.attack_probability, medium.reason,
                            medium.shown.subject});
    return outcomes;
}

}  // namespace faceward::evaluation
