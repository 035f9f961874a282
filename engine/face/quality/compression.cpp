#include "engine/face/quality/compression.hpp"

#include "engine/face/quality/aligned_face.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace faceward::face {
namespace {

constexpr int block = 8;

/// Luma of a part of a picture, rows one after the other.
struct Grey {
    std::vector<float> levels;
    int width;
    int height;

    float at(int x, int y) const { return levels[static_cast<std::size_t>(y * width + x)]; }
};

/// The middle of the face, at its own resolution.
Grey middle_of(image::PictureView picture, const image::Box& box) {
    constexpr float most = 384;  // pixels a side: enough blocks, at a bounded cost
    const auto range = [&](float low, float high, int limit) {
        const float centre = (low + high) / 2;
        const float half = std::min(most, high - low) / 2;
        const auto clip = [&](float value) {
            return static_cast<int>(std::clamp(value, 0.0F, static_cast<float>(limit)));
        };
        return std::pair(clip(centre - half), clip(centre + half));
    };
    const auto [left, right] = range(box.x1, box.x2, picture.size.width);
    const auto [top, bottom] = range(box.y1, box.y2, picture.size.height);
    Grey grey{{}, right - left, bottom - top};
    grey.levels.reserve(static_cast<std::size_t>(grey.width * grey.height));
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            grey.levels.push_back(luma_of(picture.row(y) + std::ptrdiff_t{3} * x));
    return grey;
}

/// By how much the steps at one of eight places are larger than those at the others, at most; a
/// step counts less those to its sides.
template <class At>
double excess(int along, int across, const At& at) {
    constexpr float most = 8;  // levels, so that the face's own edges do not outweigh all else
    std::array<double, block> sums{};
    std::array<int, block> counts{};
    for (int line = 0; line < across; ++line)
        for (int i = 1; i + 2 < along; ++i) {
            const auto step = [&](int k) { return std::abs(at(k + 1, line) - at(k, line)); };
            const float more = step(i) - (step(i - 1) + step(i + 1)) / 2;
            sums.at(static_cast<std::size_t>(i % block)) += std::clamp(more, -most, most);
            ++counts.at(static_cast<std::size_t>(i % block));
        }
    for (std::size_t k = 0; k < sums.size(); ++k) sums.at(k) /= counts.at(k);
    const double top = *std::ranges::max_element(sums);
    return top - (std::accumulate(sums.begin(), sums.end(), 0.0) - top) / (block - 1);
}

}  // namespace

std::optional<Measure> measure_compression(image::PictureView picture, const Face& face) {
    constexpr int least = 32;  // pixels: four blocks
    const Grey grey = middle_of(picture, face.box);
    if (grey.width < least || grey.height < least) return std::nullopt;
    const double across =
        excess(grey.width, grey.height, [&](int i, int line) { return grey.at(i, line); });
    const double down =
        excess(grey.height, grey.width, [&](int i, int line) { return grey.at(line, i); });
    const double raw = (across + down) / 2;
    return measured(raw, 100 * (1 - sigmoid(raw, 2.6, 0.5)));
}

}  // namespace faceward::face
