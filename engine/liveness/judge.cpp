#include "engine/liveness/judge.hpp"

#include "engine/liveness/best_shot.hpp"
#include "engine/liveness/one_picture.hpp"
#include "engine/liveness/same_person.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace faceward::liveness {
namespace {

constexpr std::size_t least_usable = 3;

/// The motion of a face is looked for in so many frames at least, as its measure was fitted on,
/// whatever the number that the networks look at.
constexpr std::uint32_t motion_frames = 12;

/// Gestures that decide are looked for in more: eyes are shut for a moment only. What is merely
/// told of gestures must not change what is looked at, and so the verdict.
constexpr std::uint32_t gesture_frames = 30;

/// Whether the networks look at the frame of that index, when they look at `wanted` of `planned`:
/// the first is among them, and the others are spread evenly.
bool is_judged(std::size_t index, std::size_t wanted, std::size_t planned) {
    const auto due = [&](std::size_t i) { return (i * wanted + planned - 1) / planned; };
    return wanted >= planned || due(index + 1) > due(index);
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
    std::pair<bool, float> best_rank{false, -1};  ///< frontal before others, then by quality
    std::size_t best_point = 0;                   ///< the best frame's in the track
    std::optional<BestShot> best;
    std::size_t index = 0;  ///< of the next frame
    OnePicture one_picture;

    std::size_t usable() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            frames, [](const FrameEvidence& f) { return f.why_not_usable.empty(); }));
    }
};

Result<FrameEvidence> Judge::judge_face(image::PictureView picture, const face::Face& face) {
    auto evidence = gather_evidence(detectors_, picture, face.box, options_.fusion.crops);
    if (!evidence) return tl::make_unexpected(evidence.error());
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
    verdict.logit = judged->logit;
    verdict.attack_probability = verdict.networks_probability = probability(verdict.logit);
    verdict.frames.push_back(std::move(*judged));
    verdict.facts.stored = verdict.facts.upright = picture.size;
    return verdict;
}

/// Keeps what tells people apart and, where the frame is the best so far of those that the networks
/// look at, the frame itself. Every frame that counts is followed: one that is not could show
/// anybody.
Result<void> Judge::follow(const Tools& tools, const media::Frame& frame, const face::Face& face,
                           bool judged, Progress& progress) {
    constexpr float frontal = 0.5F;
    const face::Mesh* const mesh =
        tools.landmarks != nullptr ? &progress.meshes.back().points : nullptr;
    const ShotQuality quality = rate_shot(frame.picture, face, mesh);
    const bool is_frontal = quality.pose >= frontal;
    const auto crops = follower_.align(frame.picture, face);
    if (!crops) return tl::make_unexpected(crops.error());
    auto features = follower_.embed(*crops);
    if (!features) return tl::make_unexpected(features.error());
    progress.track.push_back({frame.number, is_frontal, std::move(*features)});
    progress.watch.lap("embed");

    const std::pair rank{is_frontal, quality.total()};
    if (!judged || rank <= progress.best_rank) return {};
    progress.best_rank = rank;
    progress.best_point = progress.track.size() - 1;
    if (progress.wants_best_shot)
        progress.best = BestShot{copy_of(frame.picture), frame.number, quality.total()};
    progress.watch.lap("best_shot");
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

/// A face that is judgeable: its motion, whose it is and, if the networks look at this frame, their
/// evidence. Says why where it cannot be used after all; an error ends the medium.
Result<FrameEvidence> Judge::look_at_face(const Tools& tools, const media::Frame& frame,
                                          const face::Face& face, bool judged, Progress& progress) {
    if (auto looked = look_for_motion(tools, frame, face, progress); !looked)
        return tl::make_unexpected(looked.error());
    if (auto followed = follow(tools, frame, face, judged, progress); !followed) {
        if (followed.error().fault != Fault::template_not_extracted)
            return tl::make_unexpected(followed.error());
        if (tools.landmarks != nullptr) progress.meshes.pop_back();
        FrameEvidence unused;
        unused.why_not_usable = followed.error().reason;
        return unused;
    }
    if (!judged) return FrameEvidence{};
    auto evidence = judge_face(frame.picture, face);
    progress.watch.lap("judge");
    return evidence;
}

/// One frame: its evidence, or why there is none. An error ends the medium.
Result<void> Judge::look_at(const Tools& tools, const media::Frame& frame, Progress& progress) {
    progress.watch.lap("decode");
    const bool judged = is_judged(progress.index++, options_.frames.frames,
                                  static_cast<std::size_t>(frame.planned));
    const auto face = tools.finder.find(frame.picture);
    if (!face && face.error().fault != Fault::face_not_found)
        return tl::make_unexpected(face.error());
    progress.one_picture.look_at(frame.picture, face ? std::optional(face->box) : std::nullopt);
    progress.watch.lap("detect");
    FrameEvidence seen;
    if (!face)
        seen.why_not_usable = "there is no face";
    else if (auto why = why_not_judgeable(*face, frame.picture.size, options_.rule))
        seen.why_not_usable = std::move(*why);
    else if (auto looked = look_at_face(tools, frame, *face, judged, progress))
        seen = std::move(*looked);
    else
        return tl::make_unexpected(looked.error());
    if (!judged) return {};
    seen.number = frame.number;
    seen.seconds = frame.seconds;
    progress.frames.push_back(std::move(seen));
    return {};
}

/// Where another person appears along the track, in words. Without any frontal face, the best one
/// counts as that.
Result<void> Judge::check_same_person(Progress& progress) const {
    std::vector<TrackPoint>& track = progress.track;
    if (!track.empty() && std::ranges::none_of(track, &TrackPoint::frontal))
        track[progress.best_point].frontal = true;
    const auto place = another_person(track, options_.least_similarity);
    if (!place) return {};
    return fail(Fault::not_judgeable, "the face gives way to another person's, about frame " +
                                          std::to_string(track[*place].number));
}

Result<Verdict> Judge::conclude(Progress& progress, const media::MediumFacts& facts) const {
    const std::vector<FrameEvidence>& frames = progress.frames;
    const bool has_few = std::cmp_less(facts.frames, least_usable);
    if (frames.empty() || (frames.size() < least_usable && !has_few))
        return fail(Fault::medium_unreadable, "only " + std::to_string(frames.size()) + " of its " +
                                                  std::to_string(facts.frames) +
                                                  " frames can be decoded");
    const bool one_picture = progress.one_picture.holds() || has_few;
    const std::size_t needed = one_picture ? 1 : least_usable;
    if (progress.usable() < needed) return refuse_unusable(frames, progress.usable());
    if (auto same = check_same_person(progress); !same) return tl::make_unexpected(same.error());
    const auto fit = one_picture ? std::nullopt : options_.stillness;
    const Combined whole = combine(frames, progress.meshes, fit);
    Verdict verdict;
    verdict.networks_probability = probability(whole.networks);
    verdict.stillness = whole.stillness;
    verdict.part = telling_part(frames, progress.meshes, fit, whole.logit);
    verdict.logit = verdict.part ? with_part(whole.logit, *verdict.part) : whole.logit;
    verdict.attack_probability = probability(verdict.logit);
    verdict.facts = facts;
    verdict.frames = std::move(progress.frames);
    verdict.best_shot = std::move(progress.best);
    return verdict;
}

Result<Verdict> Judge::judge_medium(const Tools& tools, std::span<const std::uint8_t> bytes,
                                    media::Container container, const JudgeRequest& request,
                                    Stopwatch& watch) {
    Progress progress{watch, request.best_shot, {}, {}, {}, {false, -1}, 0, {}, 0, {}};
    media::FrameRequest wanted = options_.frames;
    if (tools.landmarks != nullptr) {
        tools.landmarks->start();
        const bool more = options_.gestures && !request.gestures.empty();
        wanted.frames = std::max(wanted.frames, more ? gesture_frames : motion_frames);
    }
    Result<void> looked;
    const auto facts =
        tools.decoder.frames(bytes, container, wanted, [&](const media::Frame& frame) {
            looked = look_at(tools, frame, progress);
            return looked.has_value();
        });
    watch.lap("decode");
    if (!looked) return tl::make_unexpected(looked.error());
    if (!facts) return tl::make_unexpected(facts.error());
    auto verdict = conclude(progress, *facts);
    watch.lap("judge");
    if (!verdict || tools.blendshapes == nullptr || request.gestures.empty()) return verdict;
    const auto expressions = expressions_of(progress.meshes, *tools.blendshapes);
    if (!expressions) return tl::make_unexpected(expressions.error());
    for (const Gesture gesture : request.gestures)
        verdict->gestures.push_back(look_for(gesture, *expressions));
    watch.lap("gestures");
    return verdict;
}

}  // namespace faceward::liveness
