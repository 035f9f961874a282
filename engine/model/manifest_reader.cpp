#include "engine/model/inspect.hpp"
#include "engine/model/manifest_fields.hpp"

#include <algorithm>
#include <filesystem>

namespace faceward::model {
namespace {

std::array<float, 3> three(TableReader& reader, std::string_view key, float otherwise,
                           bool zero_allowed) {
    std::array<float, 3> values{otherwise, otherwise, otherwise};
    const auto list = reader.list<double>(key);
    if (!list) return values;
    if (list->size() != 3) {
        reader.problem(key, "must hold three numbers");
        return values;
    }
    std::ranges::transform(*list, values.begin(), [](double v) { return static_cast<float>(v); });
    if (!zero_allowed && std::ranges::find(values, 0.0F) != values.end())
        reader.problem(key, "must not hold a zero");
    return values;
}

InputSpec read_input(const toml::table& table, Role role, const std::string& where,
                     std::vector<std::string>& problems) {
    TableReader reader(table, where + ".input", problems);
    InputSpec input;
    if (role == Role::blendshapes) {
        input.points = mesh_points(reader, "points");
        reader.refuse_unknown_keys();
        return input;
    }
    input.size.width = reader.whole("width", 16, 4096);
    input.size.height = reader.whole("height", 16, 4096);
    input.layout = reader.word<Layout>("layout", {{"nchw", Layout::nchw}, {"nhwc", Layout::nhwc}})
                       .value_or(Layout::nchw);
    input.colour = reader.word<Colour>("colour", {{"bgr", Colour::bgr}, {"rgb", Colour::rgb}})
                       .value_or(Colour::bgr);
    input.mean = three(reader, "mean", 0, true);
    input.std = three(reader, "std", 1, false);
    reader.refuse_unknown_keys();
    return input;
}

void read_output(const toml::table& table, NetworkEntry& network, const std::string& where,
                 std::vector<std::string>& problems) {
    TableReader reader(table, where + ".output", problems);
    if (network.role == Role::detector) {
        network.head = reader.word<Head>("head", {{"yunet", Head::yunet},
                                                  {"scrfd", Head::scrfd},
                                                  {"retinaface", Head::retinaface},
                                                  {"retinaface_rows", Head::retinaface_rows},
                                                  {"centerface", Head::centerface}});
        if (reader.number("clear_score"))
            network.clear_score =
                static_cast<float>(reader.number_in("clear_score", 0.5, 1, std::nullopt));
    }
    if (network.role == Role::embedder) {
        network.dimension = reader.whole("dimension", 128, 1024);
        network.output = reader.text("name", false);
    }
    if (network.role == Role::attack_detector) network.bona_fide = reader.whole("bona_fide", 0, 15);
    if (network.role == Role::dense_landmarks) network.points = reader.whole("points", 478, 10'000);
    if (network.role == Role::blendshapes)
        network.coefficients = blendshape_names(reader, "coefficients");
    reader.refuse_unknown_keys();
}

NetworkCheck read_check(const toml::table& table, const std::string& where,
                        std::vector<std::string>& problems) {
    TableReader reader(table, where + ".check", problems);
    NetworkCheck check;
    for (const double value : reader.list<double>("expected").value_or(std::vector<double>{}))
        check.expected.push_back(static_cast<float>(value));
    if (check.expected.empty()) reader.problem("expected", "is missing");
    check.tolerance = static_cast<float>(reader.number_in("tolerance", 1e-6, 0.1, 1e-3));
    reader.refuse_unknown_keys();
    return check;
}

Role read_role(TableReader& reader) {
    std::vector<std::pair<std::string, Role>> roles;
    for (const Role role : {Role::detector, Role::embedder, Role::attack_detector,
                            Role::dense_landmarks, Role::blendshapes})
        roles.emplace_back(to_string(role), role);
    return reader.word<Role>("role", roles).value_or(Role::detector);
}

/// How much of the picture around the face a network sees.
void read_crop(TableReader& reader, NetworkEntry& network) {
    const toml::table* crop = reader.table("crop");
    if (network.role != Role::attack_detector) {
        if (crop) reader.problem("crop", "goes with an attack_detector only");
        return;
    }
    if (!crop) return reader.problem("crop", "is missing");
    TableReader inner(*crop, reader.where() + ".crop", reader.problems());
    network.crop_scale = static_cast<float>(inner.number_in("scale", 1, 10, std::nullopt));
    inner.refuse_unknown_keys();
}

NetworkEntry read_network(const toml::table& table, std::size_t index,
                          std::vector<std::string>& problems) {
    const std::string id = table["id"].value_or(std::string());
    TableReader reader(table, id.empty() ? "network " + std::to_string(index + 1) : "network " + id,
                       problems);
    NetworkEntry network;
    network.id = reader.text("id");
    network.name = reader.text("name");
    network.version = reader.text("version");
    network.role = read_role(reader);
    network.file = inner_file(reader, "file", true);
    network.sha256 = digest(reader, "sha256", true);
    const std::string kind = std::filesystem::path(network.file).extension().string();
    if (!network.file.empty() && kind != ".xml" && kind != ".onnx" && kind != ".tflite")
        reader.problem("file", "must end in .xml, .onnx or .tflite");
    network.weights_sha256 = digest(reader, "weights_sha256", kind == ".xml");
    if (kind != ".xml" && !network.weights_sha256.empty())
        reader.problem("weights_sha256", "goes with an .xml file only");
    network.licence = reader.text("licence");
    network.licence_file = inner_file(reader, "licence_file", false);
    network.origin = reader.text("origin");
    network.training_data = reader.text("training_data");
    if (const toml::table* input = reader.table("input"))
        network.input = read_input(*input, network.role, reader.where(), problems);
    else
        reader.problem("input", "is missing");
    if (const toml::table* output = reader.table("output"))
        read_output(*output, network, reader.where(), problems);
    else
        reader.problem("output", "is missing");
    read_crop(reader, network);
    if (const toml::table* check = reader.table("check"))
        network.check = read_check(*check, reader.where(), problems);
    reader.refuse_unknown_keys();
    return network;
}

CalibrationEntry read_calibration(const toml::table& table, const std::string& where,
                                  std::vector<std::string>& problems) {
    TableReader reader(table, where + ".calibration", problems);
    CalibrationEntry calibration;
    calibration.slope = reader.number_in("slope", 1e-3, 1e3, std::nullopt);
    calibration.intercept = reader.number_in("intercept", -1e3, 1e3, std::nullopt);
    calibration.fitted_on = reader.text("fitted_on");
    if (const toml::array* rates = reader.array("rates"))
        for (const toml::node& node : *rates) {
            if (!node.is_table()) {
                reader.problem("rates", "must be a list of tables");
                continue;
            }
            TableReader row(*node.as_table(), where + ".calibration.rates", problems);
            calibration.rates.push_back({row.number_in("score", 0, 1, std::nullopt),
                                         row.number_in("fmr", 0, 1, std::nullopt),
                                         row.number_in("fnmr", 0, 1, std::nullopt),
                                         row.text("set")});
            row.refuse_unknown_keys();
        }
    reader.refuse_unknown_keys();
    return calibration;
}

void read_refiners(TableReader& reader, const Manifest& manifest, Profile& profile) {
    const toml::array* refiners = reader.array("refiners");
    for (std::size_t i = 0; refiners && i < refiners->size(); ++i) {
        const toml::table* table = refiners->get(i)->as_table();
        if (!table) {
            reader.problem("refiners", "must be a list of tables");
            return;
        }
        TableReader row(*table, reader.where() + ".refiners", reader.problems());
        RefinerEntry refiner{row.text("network"),
                             static_cast<float>(row.number_in("score", 0.01, 1, 0.5))};
        row.refuse_unknown_keys();
        require_network(manifest, row, "network", refiner.network, Role::detector);
        profile.refiners.push_back(std::move(refiner));
    }
}

Profile read_profile(const std::string& name, const toml::table& table, const Manifest& manifest,
                     std::vector<std::string>& problems) {
    TableReader reader(table, "profile " + name, problems);
    Profile profile;
    profile.name = name;
    profile.detector = reader.text("detector");
    require_network(manifest, reader, "detector", profile.detector, Role::detector);
    read_refiners(reader, manifest, profile);
    profile.embedders = reader.list<std::string>("embedders").value_or(std::vector<std::string>{});
    if (profile.embedders.empty()) reader.problem("embedders", "is missing");
    for (const std::string& id : profile.embedders)
        require_network(manifest, reader, "embedders", id, Role::embedder);
    profile.detector_score = static_cast<float>(reader.number_in("detector_score", 0.01, 1, 0.6));
    for (const std::int64_t side : reader.list<std::int64_t>("detector_sizes")
                                       .value_or(std::vector<std::int64_t>{320, 640})) {
        if (side < 64 || side > 2048 || side % 32 != 0)
            reader.problem("detector_sizes", "must hold multiples of 32 in 64…2048");
        profile.detector_sizes.push_back(static_cast<int>(side));
    }
    if (const auto weak = reader.number("weak_score")) {
        profile.weak_score = static_cast<float>(*weak);
        if (*weak <= 0 || *weak > static_cast<double>(profile.detector_score))
            reader.problem("weak_score", "must lie between 0 and detector_score");
    }
    profile.refiner_veto = reader.flag("refiner_veto");
    if (profile.refiners.empty() && (profile.weak_score || profile.refiner_veto))
        reader.problem("refiners", "is missing, but weak_score and refiner_veto need one");
    profile.mirrored = reader.flag("mirrored");
    if (const toml::table* calibration = reader.table("calibration"))
        profile.calibration = read_calibration(*calibration, reader.where(), problems);
    else
        reader.problem("calibration", "is missing");
    reader.refuse_unknown_keys();
    return profile;
}

void read_networks(TableReader& reader, Manifest& manifest) {
    const toml::array* networks = reader.array("network");
    for (std::size_t i = 0; networks && i < networks->size(); ++i) {
        const toml::table* table = networks->get(i)->as_table();
        if (!table) continue;
        NetworkEntry network = read_network(*table, i, reader.problems());
        if (manifest.network(network.id))
            reader.problem("network", "\"" + network.id + "\" is there twice");
        manifest.networks.push_back(std::move(network));
    }
    if (manifest.networks.empty()) reader.problem("network", "is missing: a pack needs networks");
    check_mesh_networks(manifest, reader);
}

}  // namespace

Inspection read_manifest(const std::string& text) {
    Inspection inspection;
    Manifest& manifest = inspection.manifest;
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        inspection.problems.push_back("manifest.toml, line " +
                                      std::to_string(error.source().begin.line) + ": " +
                                      std::string(error.description()));
        return inspection;
    }
    TableReader reader(table, "manifest.toml", inspection.problems);
    if (reader.whole("format", 1, 1) != 1) return inspection;
    manifest.name = reader.text("name");
    manifest.version = reader.text("version");
    manifest.summary = reader.text("summary", false);
    read_networks(reader, manifest);
    if (const toml::table* profiles = reader.table("profile"))
        for (const auto& [name, node] : *profiles)
            if (const toml::table* profile = node.as_table())
                manifest.profiles[std::string(name.str())] =
                    read_profile(std::string(name.str()), *profile, manifest, inspection.problems);
    if (manifest.profiles.empty()) reader.problem("profile", "is missing: a pack needs a profile");
    if (const toml::table* selftest = reader.table("selftest")) {
        TableReader inner(*selftest, "selftest", inspection.problems);
        manifest.selftest =
            SelfTest{inner_file(inner, "picture", true), digest(inner, "sha256", true)};
        inner.refuse_unknown_keys();
    }
    if (const toml::table* liveness = reader.table("liveness"))
        manifest.liveness = read_liveness(*liveness, manifest, inspection.problems);
    reader.refuse_unknown_keys();
    return inspection;
}

}  // namespace faceward::model
