#pragma once

#include "engine/face/face.hpp"
#include "engine/face/quality/quality.hpp"
#include "engine/image/picture.hpp"

namespace faceward::face {

/// Distance of the eyes in pixels, made up for a yaw of so many degrees as far as 60.
Measure measure_inter_eye_distance(const Landmarks& points, float yaw);

/// How far the picture reaches beyond the face: of the distances from the eyes to the four edges,
/// the one that is shortest for what it should be, as a multiple of that.
Measure measure_crop(const Landmarks& points, image::Size picture);

/// One minus the size of the next face as a share of this one's; `ratio` is that share.
Measure measure_single_face(float ratio);

/// The square of the cosine, as ISO/IEC 29794-5 maps each angle of the head's pose.
Measure measure_angle(float degrees);

/// Size of a face in pixels whichever way it is turned: the distance of the eyes, or that from eyes
/// to mouth where it is longer.
float scale_of(const Landmarks& points);

}  // namespace faceward::face
