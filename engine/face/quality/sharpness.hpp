#pragma once

#include "engine/face/quality/aligned_face.hpp"
#include "engine/face/quality/quality.hpp"

namespace faceward::face {

/// How much of the differences between neighbouring pixels a blur of nine pixels takes away: next
/// to nothing where the face is blurred already. One minus the blur effect of Crété and others
/// ("The blur effect: perception and estimation with a new no-reference perceptual blur metric",
/// 2007), at the resolution that recognisers see.
Measure measure_sharpness(const AlignedFace& face);

/// The raw value on a scale of 0…1.
double mapped_sharpness(double raw);

}  // namespace faceward::face
