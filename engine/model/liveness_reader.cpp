#include "engine/model/manifest_fields.hpp"

namespace faceward::model {
namespace {

CropEntry read_crop(const toml::table& table, const std::string& where,
                    std::vector<std::string>& problems) {
    TableReader reader(table, where, problems);
    CropEntry crop;
    crop.reference =
        reader.word<bool>("box", {{"reference", true}, {"detector", false}}).value_or(true);
    crop.scale = static_cast<float>(reader.number_in("scale", 0.5, 2, 1));
    crop.shift = static_cast<float>(reader.number_in("shift", -0.5, 0.5, 0));
    crop.mirrored = reader.flag("mirrored");
    reader.refuse_unknown_keys();
    return crop;
}

/// For each network a list of crops; without the key, each looks at the reference box.
std::vector<std::vector<CropEntry>> read_crops(TableReader& reader, std::size_t networks) {
    std::vector<std::vector<CropEntry>> crops(networks, {CropEntry{}});
    const toml::array* lists = reader.array("crops");
    if (!lists) return crops;
    bool sound = lists->size() == networks;
    for (std::size_t i = 0; sound && i < networks; ++i) {
        const toml::array* list = lists->get(i)->as_array();
        sound = list != nullptr && !list->empty() && list->is_homogeneous<toml::table>();
        if (!sound) break;
        crops[i].clear();
        for (const toml::node& crop : *list)
            crops[i].push_back(
                read_crop(*crop.as_table(), reader.where() + ".crops", reader.problems()));
    }
    if (!sound) reader.problem("crops", "must hold a list of tables for each network");
    return crops;
}

EvidenceFusion read_fusion(TableReader& reader, std::size_t networks, bool is_standard) {
    EvidenceFusion fusion;
    fusion.crops = read_crops(reader, networks);
    fusion.weights = reader.list<double>("weights").value_or(std::vector<double>{});
    if (fusion.weights.size() != networks)
        reader.problem("weights", "must hold a number for each network");
    fusion.intercept = reader.number_in("intercept", -100, 100, std::nullopt);
    fusion.fitted_on = reader.text("fitted_on", is_standard);
    return fusion;
}

StillnessFit read_stillness(const toml::table& table, std::vector<std::string>& problems) {
    TableReader reader(table, "liveness.stillness", problems);
    StillnessFit fit;
    fit.eyes = reader.number_in("eyes", -100, 0, std::nullopt);
    fit.plane = reader.number_in("plane", -100, 0, std::nullopt);
    fit.intercept = reader.number_in("intercept", -1000, 1000, std::nullopt);
    fit.fitted_on = reader.text("fitted_on");
    reader.refuse_unknown_keys();
    return fit;
}

void read_samples(const toml::table& table, LivenessEntry& liveness,
                  std::vector<std::string>& problems) {
    TableReader reader(table, "liveness.selftest", problems);
    liveness.bona_fide =
        SelfTest{inner_file(reader, "bona_fide", true), digest(reader, "bona_fide_sha256", true)};
    liveness.attack =
        SelfTest{inner_file(reader, "attack", true), digest(reader, "attack_sha256", true)};
    reader.refuse_unknown_keys();
}

}  // namespace

LivenessEntry read_liveness(const toml::table& table, const Manifest& manifest,
                            std::vector<std::string>& problems) {
    TableReader reader(table, "liveness", problems);
    LivenessEntry liveness;
    liveness.networks = reader.list<std::string>("networks").value_or(std::vector<std::string>{});
    if (liveness.networks.empty()) reader.problem("networks", "is missing");
    for (const std::string& id : liveness.networks)
        require_network(manifest, reader, "networks", id, Role::attack_detector);
    liveness.standard = read_fusion(reader, liveness.networks.size(), true);
    liveness.thorough = liveness.standard;
    if (const toml::table* thorough = reader.table("thorough")) {
        TableReader inner(*thorough, "liveness.thorough", problems);
        liveness.thorough = read_fusion(inner, liveness.networks.size(), false);
        if (liveness.thorough.fitted_on.empty())
            liveness.thorough.fitted_on = liveness.standard.fitted_on;
        inner.refuse_unknown_keys();
    }
    if (std::string id = reader.text("dense_landmarks", false); !id.empty()) {
        require_network(manifest, reader, "dense_landmarks", id, Role::dense_landmarks);
        liveness.dense_landmarks = std::move(id);
    }
    if (const toml::table* stillness = reader.table("stillness"))
        liveness.stillness = read_stillness(*stillness, problems);
    if (liveness.stillness && !liveness.dense_landmarks)
        reader.problem("stillness", "needs dense_landmarks");
    if (const toml::table* samples = reader.table("selftest"))
        read_samples(*samples, liveness, problems);
    reader.refuse_unknown_keys();
    return liveness;
}

}  // namespace faceward::model
