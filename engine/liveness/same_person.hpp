#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace faceward::liveness {

/// The features of the face in one frame of a medium.
struct TrackPoint {
    int number = 1;               ///< the frame's place in the medium, from 1
    bool frontal = true;          ///< seen well enough for its features to count alone
    std::vector<float> features;  ///< unit length
};

/// Where along a track there is another person's face: the first such point, if there is any.
/// Compares the mean of the features before each place with the mean after it, and each frontal
/// face with the mean of all others and, because a mean of two people is like both, with each other
/// frontal one: most must be alike. `least_similarity` is the cosine below which two faces count as
/// those of two people.
std::optional<std::size_t> another_person(std::span<const TrackPoint> track,
                                          double least_similarity);

}  // namespace faceward::liveness
