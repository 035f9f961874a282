#include "engine/engine.hpp"

#include "engine/worker.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace faceward {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Pictures like a bona fide presentation and like an attack.
struct LivenessSamples {
    Bytes bona_fide;
    Bytes attack;
};

Bytes read_file(const std::filesystem::path& file) {
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
Result<Extraction> extract_with(Worker& worker, const Result<image::PictureView>& pixels,
                                Stopwatch watch) {
    if (!pixels) return tl::make_unexpected(pixels.error());
    watch.lap("decode");
    const auto face = worker.finder.find(*pixels);
    if (!face) return tl::make_unexpected(face.error());
    watch.lap("detect");
    const auto crops = worker.embedder.align(*pixels, *face);
    if (!crops) return tl::make_unexpected(crops.error());
    watch.lap("align");
    const auto features = worker.embedder.embed(*crops);
    if (!features) return tl::make_unexpected(features.error());
    watch.lap("embed");
    return Extraction{templates::make(*features), *face, watch.take()};
}

liveness::Judge::Tools tools_of(Worker& worker) {
    return {worker.decoder, worker.finder, worker.embedder};
}

}  // namespace

struct Engine::State {
    model::Manifest pack;
    model::Profile profile;
    templates::Maker maker;
    std::size_t dimension;
    templates::Calibration calibration;
    Bytes selftest_picture;
    std::optional<LivenessSamples> liveness_samples;
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
    auto workers = make_workers(runtime, *pack, *profile, options);
    if (!workers) return tl::make_unexpected(workers.error());
    const model::Manifest& manifest = pack->manifest;
    std::optional<LivenessSamples> samples;
    if (manifest.liveness && manifest.liveness->bona_fide)
        samples = {read_file(pack->folder / manifest.liveness->bona_fide->picture),
                   read_file(pack->folder / manifest.liveness->attack->picture)};
    Engine engine(std::make_unique<State>(
        State{manifest,
              *profile,
              maker_of(manifest, *profile),
              dimension_of(manifest, *profile),
              {profile->calibration.slope, profile->calibration.intercept},
              manifest.selftest ? read_file(pack->folder / manifest.selftest->picture) : Bytes(),
              std::move(samples),
              std::move(runtime),
              std::move(*workers)}));
    for (std::size_t slot = 0; slot < engine.slots(); ++slot)
        if (auto tested = engine.self_test(slot); !tested)
            return tl::make_unexpected(tested.error());
    return engine;
}

Result<Extraction> Engine::extract(std::size_t slot, std::span<const std::uint8_t> picture) {
    Worker& worker = state_->workers.at(slot);
    const Stopwatch watch;
    return extract_with(worker, worker.decoder.picture(picture), watch);
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
    Worker& worker = state_->workers.at(slot);
    const auto extraction =
        extract_with(worker, worker.decoder.picture(state_->selftest_picture, {}), {});
    if (!extraction)
        return fail(extraction.error().fault,
                    "the self-test picture: " + extraction.error().reason);
    const auto again = read_template(write_template(extraction->face_template));
    if (!again) return tl::make_unexpected(again.error());
    if (compare(extraction->face_template, *again) != 1.0)
        return fail(Fault::internal, "the self-test template does not equal itself");
    return {};
}

bool Engine::can_judge() const { return state_->pack.liveness.has_value(); }

Result<Judgement> Engine::judge(std::size_t slot, std::span<const std::uint8_t> medium,
                                bool best_shot) {
    Worker& worker = state_->workers.at(slot);
    if (!worker.judge)
        return fail(Fault::inference_failed, "the model pack cannot tell presentation attacks");
    const auto container = media::container_of(medium);
    if (!container)
        return fail(Fault::medium_unreadable, medium.empty()
                                                  ? "it is empty"
                                                  : "it is no picture, video or archive of a "
                                                    "known kind");
    Stopwatch watch;
    const liveness::Judge::Tools tools = tools_of(worker);
    auto verdict = [&]() -> Result<liveness::Verdict> {
        if (media::kind_of(*container) != media::Kind::picture)
            return worker.judge->judge_medium(tools, medium, *container, best_shot, watch);
        const auto pixels = worker.decoder.picture(medium);
        if (!pixels) return tl::make_unexpected(pixels.error());
        watch.lap("decode");
        return worker.judge->judge_picture(tools, *pixels, watch);
    }();
    if (!verdict) return tl::make_unexpected(verdict.error());
    return Judgement{*container, std::move(*verdict), watch.take()};
}

Result<void> Engine::liveness_self_test(std::size_t slot) {
    if (!state_->liveness_samples) return {};
    Worker& worker = state_->workers.at(slot);
    const auto attack_probability = [&](const Bytes& sample) {
        return worker.decoder.picture(sample, {})
            .and_then([&](image::PictureView pixels) {
                Stopwatch watch;
                return worker.judge->judge_picture(tools_of(worker), pixels, watch);
            })
            .map([](const liveness::Verdict& verdict) { return verdict.attack_probability; });
    };
    const auto bona_fide = attack_probability(state_->liveness_samples->bona_fide);
    if (!bona_fide) return tl::make_unexpected(bona_fide.error());
    const auto attack = attack_probability(state_->liveness_samples->attack);
    if (!attack) return tl::make_unexpected(attack.error());
    if (*bona_fide < *attack) return {};
    return fail(Fault::internal,
                "the liveness networks take the attack sample for the genuine one");
}

std::size_t Engine::slots() const { return state_->workers.size(); }

std::vector<model::NetworkEntry> Engine::networks() const {
    std::vector<std::string> ids{state_->profile.detector};
    if (state_->profile.refiner) ids.push_back(*state_->profile.refiner);
    ids.insert(ids.end(), state_->profile.embedders.begin(), state_->profile.embedders.end());
    if (const auto& liveness = state_->pack.liveness) {
        ids.insert(ids.end(), liveness->networks.begin(), liveness->networks.end());
        if (liveness->dense_landmarks) ids.push_back(*liveness->dense_landmarks);
    }
    std::vector<model::NetworkEntry> entries;
    entries.reserve(ids.size());
    for (const std::string& id : ids) entries.push_back(*state_->pack.network(id));
    return entries;
}

const model::Profile& Engine::profile() const { return state_->profile; }

}  // namespace faceward
