#include "engine/face/quality/aligned_face.hpp"

#include "engine/face/align.hpp"

#include <array>
#include <cmath>

namespace faceward::face {
namespace {

/// Linear light of each gamma-coded level, 0…1.
std::array<float, 256> linear_levels() {
    std::array<float, 256> levels{};
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const double coded = static_cast<double>(i) / 255;
        levels.at(i) = static_cast<float>(
            coded <= 0.04045 ? coded / 12.92 : std::pow((coded + 0.055) / 1.055, 2.4));
    }
    return levels;
}

}  // namespace

std::vector<std::uint8_t> luminance_of(image::PictureView picture) {
    static const std::array<float, 256> levels = linear_levels();
    const float* linear = levels.data();
    std::vector<std::uint8_t> luminance;
    luminance.reserve(static_cast<std::size_t>(picture.size.width) *
                      static_cast<std::size_t>(picture.size.height));
    for (int y = 0; y < picture.size.height; ++y) {
        const std::uint8_t* pixel = picture.row(y);
        for (int x = 0; x < picture.size.width; ++x, pixel += 3) {
            const float light = 0.0722F * linear[pixel[0]] + 0.7152F * linear[pixel[1]] +
                                0.2126F * linear[pixel[2]];
            luminance.push_back(static_cast<std::uint8_t>(std::lround(255 * light)));
        }
    }
    return luminance;
}

bool AlignedFace::is_face(int x, int y) {
    const float across = static_cast<float>(x - 112) / 74;
    const float along = static_cast<float>(y - 136) / 92;
    return across * across + along * along <= 1;
}

Result<AlignedFace> align_without_colour(image::PictureView picture, const Landmarks& points) {
    constexpr int fine = AlignedFace::fine_side;
    constexpr int coarse = AlignedFace::side;
    const auto to_crop = similarity_to_crop(points, {fine, fine});
    if (!to_crop) return tl::make_unexpected(to_crop.error());
    const image::Picture crop = cut(picture, *to_crop, {fine, fine});
    AlignedFace face;
    face.luminance = luminance_of(crop.view());
    face.luma.resize(std::size_t{coarse} * coarse);
    for (int y = 0; y < fine; ++y) {
        const std::uint8_t* pixel = crop.view().row(y);
        for (int x = 0; x < fine; ++x, pixel += 3)
            face.luma[std::size_t{coarse} * static_cast<std::size_t>(y / 2) +
                      static_cast<std::size_t>(x / 2)] += luma_of(pixel) / 4;
    }
    return face;
}

}  // namespace faceward::face
