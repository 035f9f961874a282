#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace faceward::liveness {

/// The features of the face in one frame of a medium.
struct TrackPoint {
    std::size_t frame = 0;        ///< place among the frames that were looked at
    bool frontal = true;          ///< seen well enough for its features to count alone
    std::vector<float> features;  ///< unit length
};

/// Where along a track one person's face gives way to another's: the first point of another person,
/// if there is any. Compares the mean of the features before each place with the mean after it, and
/// each frontal face with the mean of all others; `least_similarity` is the cosine below which two
/// faces count as those of two people.
std::optional<std::size_t> another_person(std::span<const TrackPoint> track,
                                          double least_similarity);

}  // namespace faceward::liveness
