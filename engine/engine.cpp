#include "engine/engine.hpp"

#include "common/latest.hpp"
#include "engine/still_picture.hpp"
#include "engine/template/kernels.hpp"
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

/// What keeps the gates from being applied, or gestures from being told, with this pack; empty when
/// nothing does.
std::string missing_network(const model::Manifest& pack, const EngineOptions& options) {
    const auto needs = [&](face::Component component, model::Role role) {
        return options.gates.measures.at(static_cast<std::size_t>(component)) > 0 &&
               pack.network(role) == nullptr;
    };
    using enum face::Component;
    for (const face::Component component :
         {head_pose_yaw, head_pose_pitch, head_pose_roll, mouth_closed})
        if (needs(component, model::Role::dense_landmarks))
            return std::string(face::name_of(component)) +
                   " cannot be asked for: the model pack has no network of dense landmarks";
    if (needs(eyes_open, model::Role::blendshapes))
        return "eyes_open cannot be asked for: the model pack has no network of blendshapes";
    const bool sees_motion = pack.liveness && pack.liveness->dense_landmarks;
    if (options.liveness.gestures &&
        (!sees_motion || pack.network(model::Role::blendshapes) == nullptr))
        return "gestures cannot be asked for: the model pack has no networks of dense landmarks "
               "and blendshapes";
    return {};
}

templates::Maker maker_of(const model::Manifest& pack, const model::Profile& profile) {
    templates::Maker maker{{}, model::maker_label(pack, profile)};
    const model::Digest digest = model::template_identity(pack, profile);
    std::copy_n(digest.begin(), maker.identity.size(), maker.identity.begin());
    return maker;
}

}  // namespace

struct Engine::State {
    /// The worker of a slot, by the options that are now in force.
    Worker& worker(std::size_t slot) {
        Worker& found = workers.at(slot);
        if (auto latest = options->get(); found.options != latest) {
            adapt(found, pack, profile, *latest);
            found.options = std::move(latest);
        }
        return found;
    }

    model::Manifest pack;
    model::Profile profile;
    templates::Maker maker;
    std::size_t dimension;
    templates::Calibration calibration;
    Bytes selftest_picture;
    std::optional<LivenessSamples> liveness_samples;
    model::Runtime
        runtime;  // keeps the networks' libraries loaded, so it is destroyed after the workers
    std::shared_ptr<media::Launcher> launcher;
    std::unique_ptr<Latest<EngineOptions>> options;
    std::vector<Worker> workers;

    liveness::Judge::Tools tools_of(Worker& worker) const {
        const bool motion = worker.landmarks && pack.liveness && pack.liveness->dense_landmarks;
        return {worker.decoder, worker.finder, motion ? &*worker.landmarks : nullptr,
                motion && worker.blendshapes ? &*worker.blendshapes : nullptr};
    }
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

    if (const auto missing = missing_network(pack->manifest, options); !missing.empty())
        return fail(Fault::pack_invalid, missing);

    model::Runtime runtime(options.runtime);
    const auto launcher = std::make_shared<media::Launcher>(options.decoder_program);
    auto workers = make_workers(runtime, *pack, *profile, options, launcher);
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
              launcher,
              std::make_unique<Latest<EngineOptions>>(options),
              std::move(*workers)}));
    for (std::size_t slot = 0; slot < engine.slots(); ++slot)
        if (auto tested = engine.self_test(slot); !tested)
            return tl::make_unexpected(tested.error());
    return engine;
}

Result<Extraction> Engine::extract(std::size_t slot, std::span<const std::uint8_t> picture,
                                   bool with_quality) {
    Worker& worker = state_->worker(slot);
    const Stopwatch watch;
    return extract_from(worker, worker.decoder.picture(picture), watch,
                        {worker.options->gates, with_quality});
}

Result<Assessment> Engine::assess(std::size_t slot, std::span<const std::uint8_t> picture) {
    Worker& worker = state_->worker(slot);
    const Stopwatch watch;
    return assess_in(worker, worker.decoder.picture(picture), watch);
}

Result<Detection> Engine::detect(std::size_t slot, std::span<const std::uint8_t> picture,
                                 bool draw) {
    Worker& worker = state_->worker(slot);
    const Stopwatch watch;
    return detect_in(worker, worker.decoder.picture(picture), watch, draw);
}

Result<templates::Template> Engine::read_template(std::span<const std::uint8_t> bytes) const {
    return templates::decode(bytes, state_->maker, state_->dimension);
}

std::vector<std::uint8_t> Engine::write_template(const templates::Template& face_template) const {
    return templates::encode(face_template, state_->maker);
}

double Engine::similarity(const templates::Template& a, const templates::Template& b) {
    return static_cast<double>(templates::dot(a.elements(), b.elements()));
}

double Engine::compare(const templates::Template& a, const templates::Template& b) const {
    return templates::compare(a, b, state_->calibration);
}

Result<void> Engine::self_test(std::size_t slot) {
    if (state_->selftest_picture.empty()) return {};
    // The pack's own picture is trusted: the operator's limits are for strangers' pictures.
    Worker& worker = state_->worker(slot);
    const auto extraction =
        extract_from(worker, worker.decoder.picture(state_->selftest_picture, {}), {}, {});
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
                                const liveness::JudgeRequest& request) {
    Worker& worker = state_->worker(slot);
    if (!worker.judge)
        return fail(Fault::inference_failed, "the model pack cannot tell presentation attacks");
    const auto container = media::container_of(medium);
    if (!container)
        return fail(Fault::medium_unreadable, medium.empty()
                                                  ? "it is empty"
                                                  : "it is no picture, video or archive of a "
                                                    "known kind");
    Stopwatch watch;
    const liveness::Judge::Tools tools = state_->tools_of(worker);
    auto verdict = [&]() -> Result<liveness::Verdict> {
        if (media::kind_of(*container) != media::Kind::picture)
            return worker.judge->judge_medium(tools, medium, *container, request, watch);
        const auto pixels = worker.decoder.picture(medium);
        if (!pixels) return tl::make_unexpected(pixels.error());
        watch.lap("decode");
        auto judged = worker.judge->judge_picture(tools, *pixels, watch);
        if (judged && tools.blendshapes != nullptr)
            for (const liveness::Gesture gesture : request.gestures)
                judged->gestures.push_back(liveness::look_for(gesture, {}));
        return judged;
    }();
    if (!verdict) return tl::make_unexpected(verdict.error());
    return Judgement{*container, std::move(*verdict), watch.take()};
}

Result<void> Engine::liveness_self_test(std::size_t slot) {
    if (!state_->liveness_samples) return {};
    Worker& worker = state_->worker(slot);
    const auto attack_probability = [&](const Bytes& sample) {
        return worker.decoder.picture(sample, {})
            .and_then([&](image::PictureView pixels) {
                Stopwatch watch;
                return worker.judge->judge_picture(state_->tools_of(worker), pixels, watch);
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

Result<void> Engine::change(EngineOptions options) {
    if (auto missing = missing_network(state_->pack, options); !missing.empty())
        return fail(Fault::pack_invalid, std::move(missing));
    state_->options->set(std::move(options));
    return {};
}

media::DecoderCounts Engine::decoders() const { return state_->launcher->counts(); }

std::size_t Engine::slots() const { return state_->workers.size(); }

std::vector<model::NetworkEntry> Engine::networks() const {
    std::vector<std::string> ids{state_->profile.detector};
    for (const model::RefinerEntry& refiner : state_->profile.refiners)
        ids.push_back(refiner.network);
    ids.insert(ids.end(), state_->profile.embedders.begin(), state_->profile.embedders.end());
    if (const auto& liveness = state_->pack.liveness)
        ids.insert(ids.end(), liveness->networks.begin(), liveness->networks.end());
    for (const model::Role role : {model::Role::dense_landmarks, model::Role::blendshapes})
        if (const auto* entry = state_->pack.network(role)) ids.push_back(entry->id);
    std::vector<model::NetworkEntry> entries;
    entries.reserve(ids.size());
    for (const std::string& id : ids) entries.push_back(*state_->pack.network(id));
    return entries;
}

const templates::Maker& Engine::maker() const { return state_->maker; }

const templates::Calibration& Engine::calibration() const { return state_->calibration; }

const model::Profile& Engine::profile() const { return state_->profile; }

}  // namespace faceward
