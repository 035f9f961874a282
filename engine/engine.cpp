#include "engine/engine.hpp"

#include "engine/face/embedder.hpp"
#include "engine/face/finder.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

namespace faceward {
namespace {

/// Notes how long each stage took.
class Stopwatch {
  public:
    void lap(std::string_view stage) {
        const auto now = std::chrono::steady_clock::now();
        times_.emplace_back(stage, std::chrono::duration<double, std::milli>(now - last_).count());
        last_ = now;
    }
    StageTimes take() { return std::move(times_); }

  private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
    StageTimes times_;
};

/// What one worker slot needs to make a template.
struct Worker {
    face::Finder finder;
    face::Embedder embedder;
};

/// The networks of a profile, compiled.
struct Networks {
    model::Head detector_head;
    std::vector<model::Network> detectors;  ///< one for each input size
    std::optional<model::Head> refiner_head;
    std::vector<model::Network> refiner;  ///< none or one
    std::vector<model::Network> embedders;
};

Result<model::Network> compile_checked(model::Runtime& runtime, const model::Pack& pack,
                                       const std::string& id, image::Size size,
                                       bool compare_values) {
    model::NetworkEntry entry = *pack.manifest.network(id);
    if (!compare_values) entry.check.reset();
    auto network = runtime.compile(pack.folder, entry, size);
    if (!network) return network;
    auto session = network->session();
    if (!session) return tl::make_unexpected(session.error());
    if (const auto checked = model::check_network(*session, entry); !checked)
        return tl::make_unexpected(checked.error());
    return network;
}

Result<Networks> compile_all(model::Runtime& runtime, const model::Pack& pack,
                             const model::Profile& profile, bool compare_values) {
    const auto add = [&](std::vector<model::Network>& to, const std::string& id,
                         image::Size size) -> Result<void> {
        auto network = compile_checked(runtime, pack, id, size, compare_values);
        if (!network) return tl::make_unexpected(network.error());
        to.push_back(std::move(*network));
        return {};
    };
    Networks networks{*pack.manifest.network(profile.detector)->head, {}, {}, {}, {}};
    for (const int side : profile.detector_sizes)
        if (auto added = add(networks.detectors, profile.detector, {side, side}); !added)
            return tl::make_unexpected(added.error());
    if (profile.refiner) {
        const model::NetworkEntry& entry = *pack.manifest.network(*profile.refiner);
        networks.refiner_head = entry.head;
        if (auto added = add(networks.refiner, entry.id, entry.input.size); !added)
            return tl::make_unexpected(added.error());
    }
    for (const std::string& id : profile.embedders)
        if (auto added = add(networks.embedders, id, pack.manifest.network(id)->input.size); !added)
            return tl::make_unexpected(added.error());
    return networks;
}

Result<std::vector<model::Session>> open_sessions(const std::vector<model::Network>& networks) {
    std::vector<model::Session> sessions;
    for (const model::Network& network : networks) {
        auto session = network.session();
        if (!session) return tl::make_unexpected(session.error());
        sessions.push_back(std::move(*session));
    }
    return sessions;
}

Result<Worker> open_worker(const Networks& networks, const face::FinderOptions& finder) {
    auto detectors = open_sessions(networks.detectors);
    auto refiner = open_sessions(networks.refiner);
    auto embedders = open_sessions(networks.embedders);
    for (const auto* sessions : {&detectors, &refiner, &embedders})
        if (!*sessions) return tl::make_unexpected(sessions->error());
    std::optional<face::DetectorSessions> refining;
    if (networks.refiner_head) refining.emplace(*networks.refiner_head, std::move(*refiner));
    return Worker{
        face::Finder({networks.detector_head, std::move(*detectors)}, std::move(refining), finder),
        face::Embedder(std::move(*embedders))};
}

face::FinderOptions finder_options(const model::Profile& profile, const face::OnePersonRule& rule) {
    return {profile.detector_score, profile.weak_score, profile.refiner_score, profile.refiner_veto,
            rule};
}

std::vector<std::uint8_t> read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

Result<model::Profile> choose_profile(const model::Manifest& pack, const std::string& name) {
    if (const auto found = pack.profiles.find(name); found != pack.profiles.end())
        return found->second;
    std::string known;
    for (const auto& [other, profile] : pack.profiles) known += (known.empty() ? "" : ", ") + other;
    return fail(Fault::pack_invalid, "the model pack " + pack.name + " has no profile \"" + name +
                                         "\"; it has " + known);
}

std::size_t dimension_of(const model::Manifest& pack, const model::Profile& profile) {
    std::size_t sum = 0;
    for (const std::string& id : profile.embedders)
        sum += static_cast<std::size_t>(pack.network(id)->dimension);
    return sum;
}

templates::Maker maker_of(const model::Manifest& pack, const model::Profile& profile) {
    templates::Maker maker{{}, model::maker_label(pack, profile)};
    const model::Digest digest = model::template_identity(pack, profile);
    std::copy_n(digest.begin(), maker.identity.size(), maker.identity.begin());
    return maker;
}

/// The whole way from an encoded picture to a template.
Result<Extraction> extract_with(Worker& worker, std::span<const std::uint8_t> picture,
                                const image::DecodeLimits& limits) {
    Stopwatch watch;
    const auto pixels = image::decode(picture, limits);
    if (!pixels) return tl::make_unexpected(pixels.error());
    watch.lap("decode");
    const auto face = worker.finder.find(pixels->view());
    if (!face) return tl::make_unexpected(face.error());
    watch.lap("detect");
    const auto crops = worker.embedder.align(pixels->view(), *face);
    if (!crops) return tl::make_unexpected(crops.error());
    watch.lap("align");
    const auto features = worker.embedder.embed(*crops);
    if (!features) return tl::make_unexpected(features.error());
    watch.lap("embed");
    return Extraction{templates::make(*features), *face, watch.take()};
}

}  // namespace

struct Engine::State {
    model::Manifest pack;
    model::Profile profile;
    image::DecodeLimits limits;
    templates::Maker maker;
    std::size_t dimension;
    templates::Calibration calibration;
    std::vector<std::uint8_t> selftest_picture;
    model::Runtime
        runtime;  // keeps the networks' libraries loaded, so it is destroyed after the workers
    std::vector<Worker> workers;
};

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const EngineOptions& options) {
    auto pack = model::open_pack(options.models);
    if (!pack) return tl::make_unexpected(pack.error());
    auto profile = choose_profile(pack->manifest, options.profile);
    if (!profile) return tl::make_unexpected(profile.error());

    model::Runtime runtime(options.runtime);
    const bool compare_values = options.runtime.precision == model::Precision::f32;
    auto networks = compile_all(runtime, *pack, *profile, compare_values);
    if (!networks) return tl::make_unexpected(networks.error());

    std::vector<Worker> workers;
    for (int slot = 0; slot < options.runtime.streams; ++slot) {
        auto worker = open_worker(*networks, finder_options(*profile, options.one_person));
        if (!worker) return tl::make_unexpected(worker.error());
        workers.push_back(std::move(*worker));
    }
    std::vector<std::uint8_t> picture;
    if (pack->manifest.selftest)
        picture = read_file(pack->folder / pack->manifest.selftest->picture);
    Engine engine(
        std::make_unique<State>(State{pack->manifest,
                                      *profile,
                                      options.limits,
                                      maker_of(pack->manifest, *profile),
                                      dimension_of(pack->manifest, *profile),
                                      {profile->calibration.slope, profile->calibration.intercept},
                                      std::move(picture),
                                      std::move(runtime),
                                      std::move(workers)}));
    for (std::size_t slot = 0; slot < engine.slots(); ++slot)
        if (auto tested = engine.self_test(slot); !tested)
            return tl::make_unexpected(tested.error());
    return engine;
}

Result<Extraction> Engine::extract(std::size_t slot, std::span<const std::uint8_t> picture) {
    return extract_with(state_->workers.at(slot), picture, state_->limits);
}

Result<templates::Template> Engine::read_template(std::span<const std::uint8_t> bytes) const {
    return templates::decode(bytes, state_->maker, state_->dimension);
}

std::vector<std::uint8_t> Engine::write_template(const templates::Template& face_template) const {
    return templates::encode(face_template, state_->maker);
}

double Engine::compare(const templates::Template& a, const templates::Template& b) const {
    return templates::compare(a, b, state_->calibration);
}

Result<void> Engine::self_test(std::size_t slot) {
    if (state_->selftest_picture.empty()) return {};
    // The pack's own picture is trusted: the operator's limits are for strangers' pictures.
    const auto extraction = extract_with(state_->workers.at(slot), state_->selftest_picture, {});
    if (!extraction)
        return fail(extraction.error().fault,
                    "the self-test picture: " + extraction.error().reason);
    const auto again = read_template(write_template(extraction->face_template));
    if (!again) return tl::make_unexpected(again.error());
    if (compare(extraction->face_template, *again) != 1.0)
        return fail(Fault::internal, "the self-test template does not equal itself");
    return {};
}

std::size_t Engine::slots() const { return state_->workers.size(); }

std::vector<model::NetworkEntry> Engine::networks() const {
    std::vector<std::string> ids{state_->profile.detector};
    if (state_->profile.refiner) ids.push_back(*state_->profile.refiner);
    ids.insert(ids.end(), state_->profile.embedders.begin(), state_->profile.embedders.end());
    std::vector<model::NetworkEntry> entries;
    entries.reserve(ids.size());
    for (const std::string& id : ids) entries.push_back(*state_->pack.network(id));
    return entries;
}

const model::Profile& Engine::profile() const { return state_->profile; }

}  // namespace faceward
