#pragma once

#include "engine/face/mesh/mesh.hpp"

namespace faceward::face {

/// Turn of a head in degrees, 0 facing the camera, with the signs of ISO/IEC 19794-5.
struct HeadPose {
    float yaw = 0;    ///< positive to the person's left
    float pitch = 0;  ///< positive downwards
    float roll = 0;   ///< positive towards the person's right shoulder
};

/// The rotation that best takes MediaPipe's canonical face to the mesh: orthogonal Procrustes by
/// singular value decomposition (Umeyama, 1991), over the 33 points and weights that MediaPipe
/// takes for it, read as a turn about the upright axis after one about the axis through the ears
/// and before one in the picture. Beyond some 50 degrees the mesh, and with it the yaw, stays
/// behind the head.
HeadPose head_pose(const Mesh& points);

}  // namespace faceward::face
