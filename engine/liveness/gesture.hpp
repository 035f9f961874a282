#pragma once

#include "engine/face/mesh/blendshapes.hpp"
#include "engine/face/mesh/head_pose.hpp"
#include "engine/liveness/still_face.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace faceward::liveness {

/// What a person may be asked to do before the camera. Left and right are the person's.
enum class Gesture : std::uint8_t { close_eyes, smile, turn_left, turn_right, look_down, look_up };

/// What a face does at one time.
struct Expression {
    float eyes_shut = 0;  ///< 0…1, of the eye that is less so
    float smile = 0;      ///< 0…1, of the corner of the mouth that smiles less
    face::HeadPose pose;
};

/// What a face does in each frame. Fails with `inference_failed`.
Result<std::vector<Expression>> expressions_of(std::span<const TimedMesh> frames,
                                               face::Blendshapes& blendshapes);

/// How far a gesture went.
struct GestureFinding {
    Gesture gesture;
    double reached = 0;  ///< furthest from where the face began: degrees, or a share of 0…1
    double needed = 0;   ///< it was made at or above this

    bool made() const { return reached >= needed; }
};

/// Whether a gesture was made in the course of a clip: some frame must be far enough from how the
/// clip begins, which is the median of its first three frames.
GestureFinding look_for(Gesture gesture, std::span<const Expression> frames);

}  // namespace faceward::liveness
