#include "engine/image/resample.hpp"
#include "engine/image/transform.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::image {
namespace {

Canvas canvas(Picture& picture, Size part) { return {picture.data(), part, picture.stride()}; }

/// Blackens all but the top left part.
void clear_around(Picture& picture, Size part) {
    const std::ptrdiff_t used = std::ptrdiff_t{3} * part.width;
    for (int y = 0; y < part.height; ++y) {
        std::fill_n(picture.row(y) + used, picture.stride() - used, std::uint8_t{0});
    }
    std::fill(picture.row(part.height), picture.data() + picture.bytes(), std::uint8_t{0});
}

/// At least one; halves go to the even neighbour, as in the reference pipeline.
int scaled(int length, double scale) {
    return std::max(1, static_cast<int>(std::nearbyint(length * scale)));
}

}  // namespace

Picture resize_area(PictureView source, Size target) {
    Picture result(target);
    area_into(source, canvas(result, target));
    return result;
}

Picture resize_bilinear(PictureView source, Size target) {
    Picture result(target);
    bilinear_into(source, canvas(result, target));
    return result;
}

Letterbox letterbox(PictureView source, int side) {
    const auto [width, height] = source.size;
    const double scale =
        std::min(static_cast<double>(side) / width, static_cast<double>(side) / height);
    const Size part{scaled(width, scale), scaled(height, scale)};
    Letterbox result{Picture({side, side}),
                     static_cast<float>(part.width) / static_cast<float>(width),
                     static_cast<float>(part.height) / static_cast<float>(height)};
    const auto resize_into = scale < 1 ? area_into : bilinear_into;
    resize_into(source, canvas(result.picture, part));
    clear_around(result.picture, part);
    return result;
}

}  // namespace faceward::image
