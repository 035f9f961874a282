#include "engine/liveness/judge.hpp"

#include "engine/liveness/best_shot.hpp"
#include "engine/liveness/same_person.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>

namespace faceward::liveness {
namespace {

constexpr std::size_t least_usable = 3;

/// The motion of a face is looked for in so many frames, as its measure was fitted on, whatever the
/// number that the networks look at.
constexpr std::uint32_t motion_frames = 12;

/// Whether the networks look at the frame of that index, when they look at `wanted` of `planned`:
/// the first is among them, and the others are spread evenly.
bool is_judged(std::size_t index, std::size_t wanted, std::size_t planned) {
    const auto due = [&](std::size_t i) { return (i * wanted + planned - 1) / planned; };
    return wanted >= planned || due(index + 1) > due(index);
}

/// Features are made of so many of a medium's frames: they are for telling people apart, and dear.
constexpr std::size_t followed = 5;

image::Picture copy_of(image::PictureView picture) {
    image::Picture copy(picture.size);
    for (int y = 0; y < picture.size.height; ++y)
        std::memcpy(copy.row(y), picture.row(y), static_cast<std::size_t>(copy.stride()));
    return copy;
}

/// Whether two pictures show the same, but for what a codec does to it.
bool are_alike(image::PictureView a, image::PictureView b) {
    constexpr double most = 0.75;  // levels, in the mean
    constexpr int step = 2;        // rows: half of them tell
    if (a.size != b.size) return false;
    const auto row_bytes = std::ptrdiff_t{3} * a.size.width;
    std::uint64_t difference = 0;
    std::uint64_t count = 0;
    for (int y = 0; y < a.size.height; y += step) {
        const std::uint8_t* p = a.row(y);
        const std::uint8_t* q = b.row(y);
        std::uint32_t row = 0;
        for (std::ptrdiff_t i = 0; i < row_bytes; ++i)
            row += static_cast<std::uint32_t>(std::abs(p[i] - q[i]));
        difference += row;
        count += static_cast<std::uint64_t>(row_bytes);
    }
    return static_cast<double>(difference) <= most * static_cast<double>(count);
}

/// The refusal for a medium with too few usable frames, with the commonest reason.
tl::unexpected<Error> refuse_unusable(const std::vector<FrameEvidence>& frames,
                                      std::size_t usable) {
    std::map<std::string, std::size_t> reasons;
    for (const FrameEvidence& frame : frames)
        if (!frame.why_not_usable.empty()) ++reasons[frame.why_not_usable];
    const auto& [reason, count] =
        *std::ranges::max_element(reasons, {}, [](const auto& entry) { return entry.second; });
    if (frames.size() == 1) return fail(Fault::not_judgeable, reason);
    return fail(Fault::not_judgeable,
                std::to_string(usable) + " of " + std::to_string(frames.size()) +
                    " frames can be judged, at least " + std::to_string(least_usable) +
                    " are needed; in most of the others " + reason);
}

}  // namespace

/// What has been seen of a medium so far.
struct Judge::Progress {
    Stopwatch& watch;
    bool wants_best_shot;
    std::vector<FrameEvidence> frames;
    std::vector<TimedMesh> meshes;
    std::vector<TrackPoint> track;
    std::optional<BestShot> best;
    std::size_t index = 0;  ///< of the next frame
    image::Picture first;   ///< the first frame, to see whether all are the same
    bool all_alike = true;

    std::size_t usable() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            frames, [](const FrameEvidence& f) { return f.why_not_usable.empty(); }));
    }
};

Result<FrameEvidence> Judge::judge_face(image::PictureView picture, const face::Face& face) {
    auto evidence = gather_evidence(detectors_, picture, reference_box(face.box));
    if (!evidence) return tl::make_unexpected(evidence.error());
    if (options_.thorough) {
        const auto second = gather_evidence(detectors_, picture, face.box);
        if (!second) return tl::make_unexpected(second.error());
        for (std::size_t i = 0; i < evidence->size(); ++i)
            (*evidence)[i] = ((*evidence)[i] + (*second)[i]) / 2;
    }
    FrameEvidence judged;
    judged.logit = fuse(*evidence, options_.fusion);
    judged.evidence = std::move(*evidence);
    return judged;
}

Result<Verdict> Judge::judge_picture(const Tools& tools, image::PictureView picture,
                                     Stopwatch& watch) {
    const auto face = tools.finder.find(picture);
    if (!face) return tl::make_unexpected(face.error());
    watch.lap("detect");
    if (auto why = why_not_judgeable(*face, picture.size, options_.rule))
        return fail(Fault::not_judgeable, std::move(*why));
    auto judged = judge_face(picture, *face);
    if (!judged) return tl::make_unexpected(judged.error());
    watch.lap("judge");
    Verdict verdict;
    verdict.attack_probability = verdict.networks_probability = probability(judged->logit);
    verdict.frames.push_back(std::move(*judged));
    verdict.facts.stored = verdict.facts.upright = picture.size;
    return verdict;
}

/// Keeps what tells people apart and, where it is the best so far, the frame itself.
Result<void> Judge::follow(const Tools& tools, const media::Frame& frame, const face::Face& face,
                           const face::Mesh* mesh, Progress& progress) const {
    const ShotQuality quality = rate_shot(frame.picture, face, mesh);
    const std::size_t every = std::max<std::size_t>(1, options_.frames.frames / followed);
    if (progress.usable() % every == 0) {
        constexpr float frontal = 0.5F;
        const auto crops = tools.embedder.align(frame.picture, face);
        auto features = crops ? tools.embedder.embed(*crops)
                              : Result<std::vector<float>>(tl::make_unexpected(crops.error()));
        if (!features && features.error().fault == Fault::inference_failed)
            return tl::make_unexpected(features.error());
        if (features)
            progress.track.push_back(
                {progress.frames.size(), quality.pose >= frontal, std::move(*features)});
        progress.watch.lap("embed");
    }
    if (progress.wants_best_shot && (!progress.best || quality.total() > progress.best->quality)) {
        progress.best = BestShot{copy_of(frame.picture), frame.number, quality.total()};
        progress.watch.lap("best_shot");
    }
    return {};
}

/// The dense landmarks of a face, where the pack has a network for them.
Result<void> Judge::look_for_motion(const Tools& tools, const media::Frame& frame,
                                    const face::Face& face, Progress& progress) {
    if (tools.landmarks == nullptr) return {};
    auto points = tools.landmarks->follow(frame.picture, face);
    if (!points) return tl::make_unexpected(points.error());
    progress.meshes.push_back({frame.seconds, std::move(*points)});
    progress.watch.lap("landmarks");
    return {};
}

/// One frame: its evidence, or why there is none. An error ends the medium.
Result<void> Judge::look_at(const Tools& tools, const media::Frame& frame, Progress& progress) {
    progress.watch.lap("decode");
    const bool judged =
        is_judged(progress.index, options_.frames.frames, static_cast<std::size_t>(frame.planned));
    if (progress.index++ == 0)
        progress.first = copy_of(frame.picture);
    else
        progress.all_alike = progress.all_alike && are_alike(progress.first.view(), frame.picture);

    const auto face = tools.finder.find(frame.picture);
    progress.watch.lap("detect");
    FrameEvidence seen;
    if (!face && face.error().fault != Fault::face_not_found)
        return tl::make_unexpected(face.error());
    if (!face)
        seen.why_not_usable = "there is no face";
    else if (auto why = why_not_judgeable(*face, frame.picture.size, options_.rule))
        seen.why_not_usable = std::move(*why);
    if (face && seen.why_not_usable.empty()) {
        if (auto looked = look_for_motion(tools, frame, *face, progress); !looked) return looked;
        if (!judged) return {};
        auto evidence = judge_face(frame.picture, *face);
        if (!evidence) return tl::make_unexpected(evidence.error());
        seen = std::move(*evidence);
        progress.watch.lap("judge");
        const face::Mesh* const mesh =
            tools.landmarks != nullptr ? &progress.meshes.back().points : nullptr;
        if (auto kept = follow(tools, frame, *face, mesh, progress); !kept) return kept;
    }
    if (!judged) return {};
    seen.number = frame.number;
    seen.seconds = frame.seconds;
    progress.frames.push_back(std::move(seen));
    return {};
}

Result<Verdict> Judge::conclude(Progress& progress) const {
    const std::vector<FrameEvidence>& frames = progress.frames;
    if (frames.empty()) return fail(Fault::medium_unreadable, "no frame can be decoded");
    const bool one_picture = progress.all_alike || frames.size() < least_usable;
    const std::size_t needed = one_picture ? 1 : least_usable;
    if (progress.usable() < needed) return refuse_unusable(frames, progress.usable());
    if (const auto place = another_person(progress.track, options_.least_similarity)) {
        const FrameEvidence& changed = frames[progress.track[*place].frame];
        return fail(Fault::not_judgeable, "the face gives way to another person's, about frame " +
                                              std::to_string(changed.number));
    }
    Verdict verdict;
    std::vector<double> logits;
    for (const FrameEvidence& frame : frames)
        if (frame.why_not_usable.empty()) logits.push_back(frame.logit);
    double logit = progress.all_alike ? logits.front() : combine(logits);
    verdict.networks_probability = probability(logit);
    if (options_.stillness && !one_picture)
        verdict.stillness = measure_stillness(progress.meshes, *options_.stillness);
    if (verdict.stillness) logit = with_stillness(logit, *verdict.stillness);
    verdict.attack_probability = probability(logit);
    verdict.frames = std::move(progress.frames);
    verdict.best_shot = std::move(progress.best);
    return verdict;
}

Result<Verdict> Judge::judge_medium(const Tools& tools, std::span<const std::uint8_t> bytes,
                                    media::Container container, bool best_shot, Stopwatch& watch) {
    Progress progress{watch, best_shot, {}, {}, {}, {}, 0, {}, true};
    media::FrameRequest request = options_.frames;
    if (tools.landmarks != nullptr) {
        tools.landmarks->start();
        request.frames = std::max(request.frames, motion_frames);
    }
    Result<void> looked;
    const auto facts =
        tools.decoder.frames(bytes, container, request, [&](const media::Frame& frame) {
            looked = look_at(tools, frame, progress);
            return looked.has_value();
        });
    watch.lap("decode");
    if (!looked) return tl::make_unexpected(looked.error());
    if (!facts) return tl::make_unexpected(facts.error());
    auto verdict = conclude(progress);
    if (verdict) verdict->facts = *facts;
    watch.lap("judge");
    return verdict;
}

}  // namespace faceward::liveness
