#include "engine/face/quality/aligned_face.hpp"

#include "engine/face/align.hpp"

#include <array>
#include <cmath>

namespace faceward::face {
namespace {

/// What each level of blue, green and red adds to the luminance, in parts of 65,536.
using Shares = std::array<std::array<std::uint32_t, 256>, 3>;

Shares shares_of_luminance() {
    constexpr std::array<double, 3> weights{0.0722, 0.7152, 0.2126};
    Shares shares{};
    for (std::size_t level = 0; level < 256; ++level) {
        const double coded = static_cast<double>(level) / 255;
        const double linear =
            coded <= 0.04045 ? coded / 12.92 : std::pow((coded + 0.055) / 1.055, 2.4);
        for (std::size_t c = 0; c < weights.size(); ++c)
            shares.at(c).at(level) =
                static_cast<std::uint32_t>(std::lround(65'536 * 255 * weights.at(c) * linear));
    }
    return shares;
}

}  // namespace

std::vector<std::uint8_t> luminance_of(image::PictureView picture) {
    static const Shares shares = shares_of_luminance();
    const std::uint32_t* blue = shares[0].data();
    const std::uint32_t* green = shares[1].data();
    const std::uint32_t* red = shares[2].data();
    std::vector<std::uint8_t> luminance(static_cast<std::size_t>(picture.size.width) *
                                        static_cast<std::size_t>(picture.size.height));
    std::uint8_t* out = luminance.data();
    for (int y = 0; y < picture.size.height; ++y) {
        const std::uint8_t* pixel = picture.row(y);
        for (int x = 0; x < picture.size.width; ++x, pixel += 3)
            *out++ = static_cast<std::uint8_t>(
                (blue[pixel[0]] + green[pixel[1]] + red[pixel[2]] + 32'768) >> 16U);
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
        float* row = face.luma.data() + std::ptrdiff_t{y / 2} * coarse;
        for (int x = 0; x < fine; ++x, pixel += 3) row[x / 2] += luma_of(pixel) / 4;
    }
    return face;
}

}  // namespace faceward::face
