#pragma once

#include "engine/image/picture.hpp"
#include "engine/liveness/attack_detector.hpp"
#include "engine/liveness/gesture.hpp"
#include "engine/liveness/still_face.hpp"
#include "engine/media/medium.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faceward::liveness {

/// What was seen in one frame.
struct FrameEvidence {
    int number = 1;  ///< its place in the medium, from 1
    double seconds = 0;
    Evidence evidence;           ///< empty when the frame was not usable
    double logit = 0;            ///< of an attack, fused; of usable frames
    std::string why_not_usable;  ///< empty when it was
};

/// The frame that is best for recognition.
struct BestShot {
    image::Picture picture;  ///< upright, the medium's own pixels
    int number = 1;
    float quality = 0;
};

/// What is wanted of a medium beside its probability.
struct JudgeRequest {
    bool best_shot = false;         ///< of a video or an archive
    std::vector<Gesture> gestures;  ///< that the person was asked for
};

/// A part of a medium that looks more like an attack than the whole.
struct TellingPart {
    double from = 0;   ///< seconds
    double to = 0;     ///< seconds
    double logit = 0;  ///< of an attack, of the part by itself
};

/// What is to be thought of a medium.
struct Verdict {
    double logit = 0;               ///< of an attack
    double attack_probability = 0;  ///< the same, 0…1
    /// The probability without the stillness of the face; where this one passes and the other does
    /// not, stillness decided, or a part.
    double networks_probability = 0;
    std::optional<Stillness> stillness;  ///< of the whole medium
    std::optional<TellingPart> part;     ///< where a part decided, which one
    std::vector<FrameEvidence> frames;
    std::optional<BestShot> best_shot;
    /// Of those asked for, in their order; empty where the pack cannot tell.
    std::vector<GestureFinding> gestures;
    media::MediumFacts facts;
};

/// How the logits of a medium's usable frames (in their order, at least one) become one: the mean
/// without the lowest and the highest fifth, because single frames stray, or that of the three in a
/// row that look most like an attack, where these are clear enough by themselves.
double combine(std::vector<double> logits);

/// What frames that follow one another say together.
struct Combined {
    double networks = 0;  ///< logit of an attack, by the networks
    std::optional<Stillness> stillness;
    double logit = 0;  ///< with the stillness joined
};

/// At least one of the frames is usable. `meshes` are those of all frames that were followed.
/// Without a fit, or with too few meshes, stillness says nothing.
Combined combine(std::span<const FrameEvidence> frames, std::span<const TimedMesh> meshes,
                 const std::optional<model::StillnessFit>& fit);

/// The part, of the halves and of what is left without a quarter, whose evidence by itself is
/// clearly more like an attack than that of the whole: a moment of a live face must not vouch for a
/// photograph that comes before or after it. Parts too short to tell stillness are not looked at.
std::optional<TellingPart> telling_part(std::span<const FrameEvidence> frames,
                                        std::span<const TimedMesh> meshes,
                                        const std::optional<model::StillnessFit>& fit,
                                        double whole);

/// What a telling part makes of the whole's logit.
double with_part(double whole, const TellingPart& part);

}  // namespace faceward::liveness
