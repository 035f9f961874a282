#pragma once

#include "engine/face/face.hpp"
#include "engine/image/picture.hpp"
#include "engine/result.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace faceward::face {

/// A face turned upright and scaled as for recognition, in two resolutions, without colour. Rows
/// follow one another.
struct AlignedFace {
    static constexpr int side = 112;       ///< of `luma`: what recognisers see
    static constexpr int fine_side = 224;  ///< of `luminance`

    std::vector<float> luma;              ///< gamma-coded (ITU-R BT.601), 0…255
    std::vector<std::uint8_t> luminance;  ///< linear light (IEC 61966-2-1), 0…255

    /// Whether a pixel of `luminance` belongs to the face: an ellipse from the brows to the chin.
    static bool is_face(int x, int y);
};

/// Fails with `template_not_extracted` where the landmarks lie in one.
Result<AlignedFace> align_without_colour(image::PictureView picture, const Landmarks& points);

/// Linear luminance (IEC 61966-2-1), 0…255, of each pixel of a picture.
std::vector<std::uint8_t> luminance_of(image::PictureView picture);

/// Luma (ITU-R BT.601) of a BGR pixel, 0…255.
inline float luma_of(const std::uint8_t* pixel) {
    return 0.114F * static_cast<float>(pixel[0]) + 0.587F * static_cast<float>(pixel[1]) +
           0.299F * static_cast<float>(pixel[2]);
}

}  // namespace faceward::face
