#include "engine/face/quality/background.hpp"

#include "engine/face/align.hpp"
#include "engine/face/quality/aligned_face.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace faceward::face {
namespace {

// Half the scale of the standard: a face's box is then about 95 pixels long.
constexpr float box_length = 95;
constexpr int width = 304;
constexpr int height = 156;
constexpr float centre_x = 152;
constexpr float centre_y = 123;  ///< of the box

/// Whether a pixel of the window belongs to the head, hair included.
bool is_head(int x, int y) {
    const float across = (static_cast<float>(x) - centre_x) / (0.75F * box_length);
    const float along =
        (static_cast<float>(y) - (centre_y - 0.1F * box_length)) / (0.95F * box_length);
    return across * across + along * along <= 1;
}

/// Scharr's estimate of the gradient of 3×3 levels, in levels a pixel.
double gradient(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below) {
    const int x = 3 * (above[1] - above[-1] + below[1] - below[-1]) + 10 * (here[1] - here[-1]);
    const int y = 3 * (below[-1] - above[-1] + below[1] - above[1]) + 10 * (below[0] - above[0]);
    return std::sqrt(static_cast<double>(x * x + y * y)) / 32;
}

/// The part of a window's pixels from one edge on that lies well within the picture.
struct Range {
    int first;
    int last;  ///< included
};

Range inside(double scale, double shift, int picture_length, int window_length) {
    constexpr double margin = 2;  // so that the picture's border makes no gradient
    const double low = shift + margin;
    const double high = scale * (picture_length - 1) + shift - margin;
    return {std::max(1, static_cast<int>(std::ceil(std::min(low, 1e6)))),
            std::min(window_length - 2, static_cast<int>(std::floor(std::min(high, 1e6))))};
}

}  // namespace

std::optional<Measure> measure_background(image::PictureView picture, const Face& face) {
    constexpr int least_pixels = 800;
    const float length = std::max(face.box.width(), face.box.height());
    if (!(length >= 1)) return std::nullopt;
    const double scale = box_length / length;
    const image::Point centre = face.box.centre();
    const image::Affine to_window{scale, 0,     centre_x - scale * centre.x,
                                  0,     scale, centre_y - scale * centre.y};
    const image::Picture window = cut(picture, to_window, {width, height});
    std::vector<std::uint8_t> luminance(std::size_t{width} * height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            luminance[static_cast<std::size_t>(y * width + x)] =
                luminance_of(window.view().row(y) + std::ptrdiff_t{3} * x);

    const Range columns = inside(scale, to_window.x0, picture.size.width, width);
    const Range rows = inside(scale, to_window.y0, picture.size.height, height);
    double sum = 0;
    int count = 0;
    for (int y = rows.first; y <= rows.last; ++y)
        for (int x = columns.first; x <= columns.last; ++x) {
            if (is_head(x, y)) continue;
            const std::uint8_t* here = &luminance[static_cast<std::size_t>(y * width + x)];
            sum += gradient(here - width, here, here + width);
            ++count;
        }
    if (count < least_pixels) return std::nullopt;
    const double raw = sum / count / 2;  // at twice the scale neighbours differ half as much
    return measured(raw, 190 * (1 - sigmoid(32 * raw, 10, 100)));
}

}  // namespace faceward::face
