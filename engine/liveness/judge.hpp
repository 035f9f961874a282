#pragma once

#include "engine/face/embedder.hpp"
#include "engine/face/finder.hpp"
#include "engine/face/mesh/blendshapes.hpp"
#include "engine/face/mesh/dense_landmarks.hpp"
#include "engine/liveness/attack_detector.hpp"
#include "engine/liveness/judgeability.hpp"
#include "engine/liveness/verdict.hpp"
#include "engine/media/decoder.hpp"
#include "engine/model/manifest.hpp"
#include "engine/result.hpp"
#include "engine/stage_times.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace faceward::liveness {

/// How media are judged.
struct JudgeOptions {
    model::EvidenceFusion fusion;
    std::optional<model::StillnessFit> stillness;
    JudgeabilityRule rule;
    media::FrameRequest frames;
    /// Gestures decide, and so more frames are looked at where one is asked for.
    bool gestures = false;
    /// Cosine of two faces' features, as the follower makes them, below which they are of two
    /// people.
    double least_similarity = 0;
};

/// Tells presentation attacks in pictures, videos and archives. Used by one thread at a time.
class Judge {
  public:
    /// `follower` makes the features by which a face is followed along a medium.
    Judge(std::vector<AttackDetector> detectors, face::Embedder follower, JudgeOptions options)
        : detectors_(std::move(detectors)),
          follower_(std::move(follower)),
          options_(std::move(options)) {}

    /// Other options from now on.
    void change(JudgeOptions options) { options_ = std::move(options); }

    /// The pipeline's other parts, which a worker slot shares between its tasks.
    struct Tools {
        media::Decoder& decoder;
        face::Finder& finder;
        face::DenseLandmarks* landmarks;  ///< null: the motion of faces is not looked for
        face::Blendshapes* blendshapes;   ///< null: gestures are not either
    };

    /// Judges one picture. Fails with `face_not_found`, `several_faces`, `not_judgeable`,
    /// `inference_failed`.
    Result<Verdict> judge_picture(const Tools& tools, image::PictureView picture, Stopwatch& watch);

    /// Judges a video or an archive: one face, followed along its frames; at least three of them
    /// must be usable, or it is not judged. A medium that has fewer frames in all, or all of whose
    /// frames are the same picture, is judged as that picture. Fails like `judge_picture`, and with
    /// `medium_unreadable`, `decoder_failed`.
    Result<Verdict> judge_medium(const Tools& tools, std::span<const std::uint8_t> bytes,
                                 media::Container container, const JudgeRequest& request,
                                 Stopwatch& watch);

  private:
    struct Progress;

    Result<void> look_at(const Tools& tools, const media::Frame& frame, Progress& progress);
    Result<FrameEvidence> look_at_face(const Tools& tools, const media::Frame& frame,
                                       const face::Face& face, bool judged, Progress& progress);
    Result<FrameEvidence> judge_face(image::PictureView picture, const face::Face& face);
    Result<void> follow(const Tools& tools, const media::Frame& frame, const face::Face& face,
                        bool judged, Progress& progress);
    static Result<void> look_for_motion(const Tools& tools, const media::Frame& frame,
                                        const face::Face& face, Progress& progress);
    Result<void> check_same_person(Progress& progress) const;
    Result<Verdict> conclude(Progress& progress, const media::MediumFacts& facts) const;

    std::vector<AttackDetector> detectors_;
    face::Embedder follower_;
    JudgeOptions options_;
};

}  // namespace faceward::liveness
