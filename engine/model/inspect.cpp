#include "engine/model/inspect.hpp"

#include <fstream>
#include <sstream>

namespace faceward::model {
namespace {

void check_digest(const std::filesystem::path& folder, const std::string& file,
                  const std::string& expected, std::vector<std::string>& problems) {
    const Result<Digest> digest = sha256_of_file(folder / file);
    if (!digest)
        problems.push_back(digest.error().reason);
    else if (to_hex(*digest) != expected)
        problems.push_back("the SHA-256 of " + file + " is " + to_hex(*digest) +
                           ", the manifest says " + expected);
}

std::string weights_of(const std::string& file) {
    return std::filesystem::path(file).replace_extension(".bin").string();
}

/// The pictures that a pack tests itself on.
std::vector<SelfTest> samples_of(const Manifest& manifest) {
    std::vector<SelfTest> samples;
    const auto add = [&](const std::optional<SelfTest>& sample) {
        if (sample) samples.push_back(*sample);
    };
    add(manifest.selftest);
    if (manifest.liveness) {
        add(manifest.liveness->bona_fide);
        add(manifest.liveness->attack);
    }
    return samples;
}

}  // namespace

Inspection inspect(const std::filesystem::path& folder) {
    const std::ifstream stream(folder / "manifest.toml", std::ios::binary);
    if (!stream) return {{}, {"there is no readable manifest.toml in " + folder.string()}};
    std::ostringstream text;
    text << stream.rdbuf();

    Inspection inspection = read_manifest(text.str());
    std::vector<std::string>& problems = inspection.problems;
    for (const NetworkEntry& network : inspection.manifest.networks) {
        if (!network.file.empty()) check_digest(folder, network.file, network.sha256, problems);
        if (!network.weights_sha256.empty())
            check_digest(folder, weights_of(network.file), network.weights_sha256, problems);
        if (!network.licence_file.empty() &&
            !std::filesystem::exists(folder / network.licence_file))
            problems.push_back(network.id + ": " + network.licence_file + " is not in the pack");
    }
    for (const auto& sample : samples_of(inspection.manifest))
        check_digest(folder, sample.picture, sample.sha256, problems);
    return inspection;
}

Result<Pack> open_pack(const std::filesystem::path& folder) {
    Inspection inspection = inspect(folder);
    if (inspection.problems.empty()) return Pack{folder, std::move(inspection.manifest)};
    std::string reason = "the model pack " + folder.string() + " does not hold:";
    for (const std::string& problem : inspection.problems) reason += "\n  - " + problem;
    return fail(Fault::pack_invalid, std::move(reason));
}

}  // namespace faceward::model
