#include "engine/worker.hpp"

#include "engine/engine.hpp"
#include "engine/template/score.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace faceward {
namespace {

/// The networks of a profile, compiled.
struct Networks {
    model::Head detector_head;
    std::vector<model::Network> detectors;  ///< one for each input size
    std::vector<model::Network> refiners;
    std::vector<model::Network> embedders;
    std::vector<model::Network> attack_detectors;
    std::vector<model::Network> landmarks;    ///< none or one
    std::vector<model::Network> blendshapes;  ///< none or one
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
    const auto input_size = [&](const std::string& id) {
        return pack.manifest.network(id)->input.size;
    };
    Networks networks{*pack.manifest.network(profile.detector)->head, {}, {}, {}, {}, {}, {}};
    for (const int side : profile.detector_sizes)
        if (auto added = add(networks.detectors, profile.detector, {side, side}); !added)
            return tl::make_unexpected(added.error());
    for (const model::RefinerEntry& refiner : profile.refiners)
        if (auto added = add(networks.refiners, refiner.network, input_size(refiner.network));
            !added)
            return tl::make_unexpected(added.error());
    for (const std::string& id : profile.embedders)
        if (auto added = add(networks.embedders, id, input_size(id)); !added)
            return tl::make_unexpected(added.error());
    if (const auto& liveness = pack.manifest.liveness) {
        for (const std::string& id : liveness->networks)
            if (auto added = add(networks.attack_detectors, id, input_size(id)); !added)
                return tl::make_unexpected(added.error());
    }
    for (auto* const named : {&networks.landmarks, &networks.blendshapes}) {
        const model::NetworkEntry* entry = pack.manifest.network(
            named == &networks.landmarks ? model::Role::dense_landmarks : model::Role::blendshapes);
        if (entry == nullptr) continue;
        if (auto added = add(*named, entry->id, entry->input.size); !added)
            return tl::make_unexpected(added.error());
    }
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

/// The profile by whose recognisers a face is followed along a medium: of those that need none
/// beside this one's, the one of the fewest, because every frame is looked at.
const model::Profile& follower_of(const model::Manifest& pack, const model::Profile& profile) {
    const model::Profile* fewest = &profile;
    const auto is_known = [&](const std::string& id) {
        return std::ranges::find(profile.embedders, id) != profile.embedders.end();
    };
    for (const auto& [name, other] : pack.profiles)
        if (other.embedders.size() < fewest->embedders.size() &&
            std::ranges::all_of(other.embedders, is_known))
            fewest = &other;
    return *fewest;
}

/// A profile's similarity at which the score is one half: below it two faces are of two people.
double similarity_at_half(const model::CalibrationEntry& calibration) {
    return templates::score_to_similarity(0.5, {calibration.slope, calibration.intercept});
}

face::FinderOptions finder_options(const model::Profile& profile, const face::OnePersonRule& rule) {
    return {profile.detector_score, profile.weak_score, profile.refiner_veto, rule};
}

liveness::JudgeOptions judge_options(const model::LivenessEntry& liveness,
                                     const model::Profile& follower, const EngineOptions& options) {
    return {options.liveness.thorough ? liveness.thorough : liveness.standard,
            liveness.stillness,
            options.liveness.rule,
            options.liveness.frames,
            options.liveness.gestures,
            similarity_at_half(follower.calibration)};
}

Result<face::Embedder> open_follower(const Networks& networks, const model::Profile& profile,
                                     const model::Profile& follower) {
    std::vector<model::Session> sessions;
    for (std::size_t i = 0; i < profile.embedders.size(); ++i) {
        if (std::ranges::find(follower.embedders, profile.embedders[i]) == follower.embedders.end())
            continue;
        auto session = networks.embedders[i].session();
        if (!session) return tl::make_unexpected(session.error());
        sessions.push_back(std::move(*session));
    }
    return face::Embedder(std::move(sessions));
}

Result<liveness::Judge> open_judge(const Networks& networks, const model::Manifest& manifest,
                                   const model::Profile& profile, const EngineOptions& options) {
    const model::Profile& follower = follower_of(manifest, profile);
    auto following = open_follower(networks, profile, follower);
    if (!following) return tl::make_unexpected(following.error());
    auto sessions = open_sessions(networks.attack_detectors);
    if (!sessions) return tl::make_unexpected(sessions.error());
    std::vector<liveness::AttackDetector> detectors;
    for (std::size_t i = 0; i < sessions->size(); ++i) {
        const model::NetworkEntry& entry = *manifest.network(manifest.liveness->networks[i]);
        detectors.push_back({std::move((*sessions)[i]), entry.crop_scale, entry.bona_fide});
    }
    return liveness::Judge(std::move(detectors), std::move(*following),
                           judge_options(*manifest.liveness, follower, options));
}

Result<std::vector<face::Refiner>> open_refiners(const Networks& networks,
                                                 const model::Manifest& manifest,
                                                 const model::Profile& profile) {
    std::vector<face::Refiner> refiners;
    for (std::size_t i = 0; i < profile.refiners.size(); ++i) {
        auto session = networks.refiners[i].session();
        if (!session) return tl::make_unexpected(session.error());
        const auto& [id, score] = profile.refiners[i];
        refiners.push_back({*manifest.network(id)->head, std::move(*session), score});
    }
    return refiners;
}

Result<Worker> open_worker(const Networks& networks, const model::Manifest& manifest,
                           const model::Profile& profile, const EngineOptions& options,
                           media::Decoder decoder) {
    auto detectors = open_sessions(networks.detectors);
    auto refiners = open_refiners(networks, manifest, profile);
    if (!refiners) return tl::make_unexpected(refiners.error());
    auto embedders = open_sessions(networks.embedders);
    auto landmarks = open_sessions(networks.landmarks);
    auto blendshapes = open_sessions(networks.blendshapes);
    for (const auto* sessions : {&detectors, &embedders, &landmarks, &blendshapes})
        if (!*sessions) return tl::make_unexpected(sessions->error());
    Worker worker{std::move(decoder),
                  face::Finder({networks.detector_head, std::move(*detectors)},
                               std::move(*refiners), finder_options(profile, options.one_person)),
                  face::Embedder(std::move(*embedders), profile.mirrored),
                  std::nullopt,
                  std::nullopt,
                  manifest.network(profile.detector)->clear_score,
                  std::nullopt,
                  nullptr};
    if (!landmarks->empty()) worker.landmarks.emplace(std::move(landmarks->front()));
    if (!blendshapes->empty())
        worker.blendshapes.emplace(std::move(blendshapes->front()),
                                   *manifest.network(model::Role::blendshapes));
    if (manifest.liveness) {
        auto judge = open_judge(networks, manifest, profile, options);
        if (!judge) return tl::make_unexpected(judge.error());
        worker.judge = std::move(*judge);
    }
    return worker;
}

}  // namespace

void adapt(Worker& worker, const model::Manifest& manifest, const model::Profile& profile,
           const EngineOptions& options) {
    worker.decoder.change(options.decoding);
    worker.finder.change(options.one_person);
    if (worker.judge)
        worker.judge->change(
            judge_options(*manifest.liveness, follower_of(manifest, profile), options));
}

Result<std::vector<Worker>> make_workers(model::Runtime& runtime, const model::Pack& pack,
                                         const model::Profile& profile,
                                         const EngineOptions& options,
                                         const std::shared_ptr<media::Launcher>& launcher) {
    const bool compare_values = options.runtime.precision == model::Precision::f32;
    const auto networks = compile_all(runtime, pack, profile, compare_values);
    if (!networks) return tl::make_unexpected(networks.error());
    std::vector<Worker> workers;
    for (int slot = 0; slot < options.runtime.streams; ++slot) {
        auto decoder = media::Decoder::open(launcher, options.decoding);
        if (!decoder) return tl::make_unexpected(decoder.error());
        auto worker = open_worker(*networks, pack.manifest, profile, options, std::move(*decoder));
        if (!worker) return tl::make_unexpected(worker.error());
        workers.push_back(std::move(*worker));
    }
    return workers;
}

}  // namespace faceward
