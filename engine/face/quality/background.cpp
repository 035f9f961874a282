#include "engine/face/quality/background.hpp"

#include "engine/face/quality/aligned_face.hpp"
#include "engine/image/transform.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace faceward::face {
namespace {

// A quarter of the standard's scale: a face's box is then about 48 pixels long.
constexpr float box_length = 48;
constexpr float width = 152;  ///< of the window about the head
constexpr float height = 78;
constexpr float centre_x = 76;
constexpr float centre_y = 61.5F;  ///< of the box

/// Whether a place of the window belongs to the head, hair included.
bool is_head(float x, float y) {
    const float across = (x - centre_x) / (0.75F * box_length);
    const float along = (y - (centre_y - 0.1F * box_length)) / (0.95F * box_length);
    return across * across + along * along <= 1;
}

/// Scharr's estimate of the gradient of 3×3 levels, in levels a pixel.
float gradient(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below) {
    const int x = 3 * (above[1] - above[-1] + below[1] - below[-1]) + 10 * (here[1] - here[-1]);
    const int y = 3 * (below[-1] - above[-1] + below[1] - above[1]) + 10 * (below[0] - above[0]);
    return std::sqrt(static_cast<float>(x * x + y * y)) / 32;
}

/// What of the window lies in the picture, at the window's scale, and where in the window it
/// begins.
struct Part {
    image::Picture picture;
    float left;
    float top;
};

std::optional<Part> part_of(image::PictureView picture, image::Point centre, float scale) {
    const auto clip = [](float place, int limit) {
        return static_cast<int>(std::lround(std::clamp(place, 0.0F, static_cast<float>(limit))));
    };
    const int left = clip(centre.x - centre_x / scale, picture.size.width);
    const int top = clip(centre.y - centre_y / scale, picture.size.height);
    const int right = clip(centre.x + (width - centre_x) / scale, picture.size.width);
    const int bottom = clip(centre.y + (height - centre_y) / scale, picture.size.height);
    const auto scaled = [&](int length) {
        return static_cast<int>(std::lround(scale * static_cast<float>(length)));
    };
    const image::Size size{scaled(right - left), scaled(bottom - top)};
    if (size.width < 3 || size.height < 3) return std::nullopt;
    const image::PictureView part = picture.crop(left, top, {right - left, bottom - top});
    return Part{scale < 1 ? image::resize_area(part, size) : image::resize_bilinear(part, size),
                centre_x + scale * (static_cast<float>(left) - centre.x),
                centre_y + scale * (static_cast<float>(top) - centre.y)};
}

}  // namespace

std::optional<Measure> measure_background(image::PictureView picture, const Face& face) {
    constexpr int least_pixels = 200;
    const float length = std::max(face.box.width(), face.box.height());
    if (!(length >= 1)) return std::nullopt;
    const auto part = part_of(picture, face.box.centre(), box_length / length);
    if (!part) return std::nullopt;
    const image::Size size = part->picture.size();
    const std::vector<std::uint8_t> luminance = luminance_of(part->picture.view());
    double sum = 0;
    int count = 0;
    for (int y = 1; y < size.height - 1; ++y)
        for (int x = 1; x < size.width - 1; ++x) {
            if (is_head(part->left + static_cast<float>(x), part->top + static_cast<float>(y)))
                continue;
            const std::uint8_t* here = luminance.data() + std::ptrdiff_t{y} * size.width + x;
            sum += gradient(here - size.width, here, here + size.width);
            ++count;
        }
    if (count < least_pixels) return std::nullopt;
    // At the standard's scale neighbours differ by a third of that, in the median of photographs.
    const double raw = sum / count / 3;
    return measured(raw, 190 * (1 - sigmoid(32 * raw, 10, 100)));
}

}  // namespace faceward::face
