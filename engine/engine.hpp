#pragma once

#include "engine/face/face.hpp"
#include "engine/face/mesh/head_pose.hpp"
#include "engine/face/one_person.hpp"
#include "engine/face/quality/gates.hpp"
#include "engine/face/quality/quality.hpp"
#include "engine/liveness/judge.hpp"
#include "engine/media/decoder.hpp"
#include "engine/media/launcher.hpp"
#include "engine/model/inspect.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"
#include "engine/stage_times.hpp"
#include "engine/template/codec.hpp"
#include "engine/template/score.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace faceward {

/// How presentation attacks are looked for.
struct LivenessOptions {
    bool thorough = false;  ///< several crops for each network: twice the time, fewer errors
    /// Whether gestures that are asked for are made decides: the pack must be able to tell, and
    /// more frames are looked at for it.
    bool gestures = false;
    liveness::JudgeabilityRule rule;
    media::FrameRequest frames;
};

/// What an engine is made of.
struct EngineOptions {
    std::filesystem::path models;  ///< folder of the model pack
    std::string profile = "balanced";
    model::RuntimeOptions runtime;  ///< `runtime.streams` is the number of worker slots
    media::Launcher::Options decoder_program;
    media::DecoderOptions decoding;
    face::OnePersonRule one_person;
    face::QualityGates gates;  ///< for making templates
    LivenessOptions liveness;
};

/// A template and where it comes from.
struct Extraction {
    templates::Template face_template;
    face::Face face;
    std::optional<face::Quality> quality;  ///< where it was asked for, or a gate needed it
    StageTimes times;                      ///< decode, detect, quality with it, align, embed
};

/// How good a face is for recognition.
struct Assessment {
    face::Quality quality;
    StageTimes times;  ///< decode, detect, align, quality
};

/// A face and how its head is turned.
struct DetectedFace {
    face::Face face;
    std::optional<face::HeadPose> pose;  ///< where the pack tells it, and nothing was drawn
};

/// All faces of a picture.
struct Detection {
    image::Size size;                 ///< of the upright picture
    std::vector<DetectedFace> faces;  ///< largest first
    std::vector<std::uint8_t> drawn;  ///< the picture with them drawn, as JPEG, if asked for
    StageTimes times;                 ///< decode, detect, draw, landmarks
};

/// What is to be thought of a medium, and what it is.
struct Judgement {
    media::Container container;
    liveness::Verdict verdict;
    StageTimes times;  ///< decode, detect, judge, landmarks, embed, best_shot, gestures
};

/// The library's front door: pictures to templates, templates to comparison scores. Holds a model
/// pack, ready to run.
///
/// Thread safety: `extract`, `assess`, `detect`, `judge` and the self-tests may run at the same
/// time on different slots, one thread a slot; everything else may be called from any thread at any
/// time.
class Engine {
  public:
    /// Loads the pack, compiles its networks, runs each once and checks it. Fails with
    /// `pack_invalid` (the reason names every problem, or what is asked for that the pack cannot
    /// tell) or `inference_failed`.
    static Result<Engine> open(const EngineOptions& options);

    /// The template of the one face on an encoded picture (JPEG or PNG), and the quality of that
    /// face `with_quality`. `slot` is in [0, slots()). Fails with `picture_unreadable`,
    /// `face_not_found`, `several_faces`, `template_not_extracted`, `inference_failed`.
    Result<Extraction> extract(std::size_t slot, std::span<const std::uint8_t> picture,
                               bool with_quality = false);

    /// The quality of the one face on an encoded picture; the gates do not count. Fails as
    /// `extract`.
    Result<Assessment> assess(std::size_t slot, std::span<const std::uint8_t> picture);

    /// All faces on an encoded picture, up to a hundred; perhaps none. With `draw` the picture is
    /// drawn instead of the poses being measured. Fails with `picture_unreadable`,
    /// `inference_failed`.
    Result<Detection> detect(std::size_t slot, std::span<const std::uint8_t> picture, bool draw);

    /// A template from its bytes. Fails with `template_unreadable`; the reason tells what is wrong
    /// with it.
    Result<templates::Template> read_template(std::span<const std::uint8_t> bytes) const;

    /// The bytes of a template (docs/template-format.md).
    std::vector<std::uint8_t> write_template(const templates::Template& face_template) const;

    /// Cosine of two templates' vectors, -1…1; symmetric.
    static double similarity(const templates::Template& a, const templates::Template& b);

    /// Calibrated comparison score, 0…1, in steps of 1e-6; exactly symmetric; 1 only for equal
    /// templates.
    double compare(const templates::Template& a, const templates::Template& b) const;

    /// Runs the whole way on the pack's own picture, which must compare with itself as 1 and give
    /// one face. Without such a picture the networks are only run on a pattern. Fails with the
    /// fault that came up.
    Result<void> self_test(std::size_t slot);

    /// Whether the pack has the networks to tell presentation attacks.
    bool can_judge() const;

    /// Judges a picture (JPEG, PNG), a video or an archive of frames, told by its bytes. In a
    /// picture no gesture is made. Fails with `picture_unreadable`, `medium_unreadable`,
    /// `face_not_found`, `several_faces`, `not_judgeable`, `inference_failed` (also when the pack
    /// cannot), `decoder_failed`.
    Result<Judgement> judge(std::size_t slot, std::span<const std::uint8_t> medium,
                            const liveness::JudgeRequest& request);

    /// Judges the pack's own samples, which must come out in the right order. Fails with the fault
    /// that came up.
    Result<void> liveness_self_test(std::size_t slot);

    /// Takes over the limits, times and rules of these options: `decoding`, `one_person`, `gates`
    /// and `liveness`. Each slot does with its next picture or medium. The rest stays as it is.
    /// Fails with `pack_invalid`, changing nothing, when the pack lacks what they need.
    Result<void> change(EngineOptions options);

    /// The processes that decode for this engine, since its start.
    media::DecoderCounts decoders() const;

    std::size_t slots() const;

    /// What makes this engine's templates.
    const templates::Maker& maker() const;

    /// How a similarity becomes a score.
    const templates::Calibration& calibration() const;

    /// The networks that this engine runs, in the order of their work.
    std::vector<model::NetworkEntry> networks() const;
    const model::Profile& profile() const;

    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    ~Engine();

  private:
    struct State;
    explicit Engine(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace faceward
