#pragma once

#include "engine/face/mesh/mesh.hpp"
#include "engine/model/manifest.hpp"

#include <optional>
#include <span>
#include <vector>

namespace faceward::liveness {

/// A face's mesh at one time.
struct TimedMesh {
    double seconds = 0;
    face::Mesh points;
};

/// What tells a photograph held before a camera from a face: it does not blink, and it moves as a
/// plane does.
struct Stillness {
    double eyes = 0;   ///< standard deviation of the eyes' opening over the frames
    double plane = 0;  ///< 90th percentile over the frames of the mean distance that no motion of a
                       ///< plane explains, in distances between the outer corners of the eyes
    double log_odds = 0;  ///< of a photograph
    double weight = 0;    ///< 0…1: how much so short a clip or so few frames are worth
};

/// Nothing for fewer than five frames.
std::optional<Stillness> measure_stillness(std::span<const TimedMesh> frames,
                                           const model::StillnessFit& fit);

/// What stillness adds to the networks' log-odds of an attack: never less than 0, and next to
/// nothing when the face moves.
double added_by(const Stillness& stillness);

}  // namespace faceward::liveness
