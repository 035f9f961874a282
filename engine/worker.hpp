#pragma once

#include "engine/face/embedder.hpp"
#include "engine/face/finder.hpp"
#include "engine/face/mesh/blendshapes.hpp"
#include "engine/face/mesh/dense_landmarks.hpp"
#include "engine/liveness/judge.hpp"
#include "engine/media/decoder.hpp"
#include "engine/model/inspect.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace faceward {

struct EngineOptions;

/// What one worker slot needs: a decoder, and sessions of all networks. Used by one thread at a
/// time.
struct Worker {
    media::Decoder decoder;
    face::Finder finder;
    face::Embedder embedder;
    std::optional<face::DenseLandmarks> landmarks;  ///< none: the pack has no network for them
    std::optional<face::Blendshapes> blendshapes;   ///< likewise
    std::optional<float> clear_score;               ///< that the detector gives clear frontal faces
    std::optional<liveness::Judge> judge;           ///< none: the pack has no networks for it
    std::shared_ptr<const EngineOptions> options;   ///< to which it was adapted last
};

/// Gives the worker's parts the limits, times and rules of these options.
void adapt(Worker& worker, const model::Manifest& manifest, const model::Profile& profile,
           const EngineOptions& options);

/// Compiles the networks of a profile, checks each, and makes the workers, as many as
/// `options.runtime.streams`, all of whose decoders come from `launcher`. Fails with
/// `pack_invalid`, `inference_failed` or `decoder_failed`.
Result<std::vector<Worker>> make_workers(model::Runtime& runtime, const model::Pack& pack,
                                         const model::Profile& profile,
                                         const EngineOptions& options,
                                         const std::shared_ptr<media::Launcher>& launcher);

}  // namespace faceward
