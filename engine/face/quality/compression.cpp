#include "engine/face/quality/compression.hpp"

#include "engine/face/quality/aligned_face.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace faceward::face {
namespace {

constexpr std::size_t block = 8;

/// Luma of a part of a picture, rows one after the other.
struct Grey {
    std::vector<float> levels;
    int width;
    int height;

    const float* row(int y) const { return levels.data() + std::ptrdiff_t{y} * width; }
};

/// The middle of the face, at its own resolution.
Grey middle_of(image::PictureView picture, const image::Box& box) {
    constexpr float most = 256;  // pixels a side: enough blocks, at a bounded cost
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
    grey.levels.reserve(static_cast<std::size_t>(grey.width) *
                        static_cast<std::size_t>(grey.height));
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            grey.levels.push_back(luma_of(picture.row(y) + std::ptrdiff_t{3} * x));
    return grey;
}

/// How much larger the step between the two middle values is than the steps beside it.
float excess(float before, float here, float next, float after) {
    constexpr float most = 8;  // levels, so that the face's own edges do not outweigh all else
    const float more =
        std::abs(next - here) - (std::abs(here - before) + std::abs(after - next)) / 2;
    return std::clamp(more, -most, most);
}

/// The mean excess of the steps to the right of each column.
std::vector<float> excess_of_columns(const Grey& grey) {
    std::vector<float> sums(static_cast<std::size_t>(grey.width));
    for (int y = 0; y < grey.height; ++y) {
        const float* row = grey.row(y);
        for (int x = 1; x + 2 < grey.width; ++x)
            sums[static_cast<std::size_t>(x)] += excess(row[x - 1], row[x], row[x + 1], row[x + 2]);
    }
    for (float& sum : sums) sum /= static_cast<float>(grey.height);
    return sums;
}

/// The mean excess of the steps below each row.
std::vector<float> excess_of_rows(const Grey& grey) {
    std::vector<float> means(static_cast<std::size_t>(grey.height));
    for (int y = 1; y + 2 < grey.height; ++y) {
        const float* here = grey.row(y);
        const int down = grey.width;
        float sum = 0;
        for (int x = 0; x < grey.width; ++x)
            sum += excess(here[x - down], here[x], here[x + down], here[x + 2 * down]);
        means[static_cast<std::size_t>(y)] = sum / static_cast<float>(grey.width);
    }
    return means;
}

/// By how much the mean at one of the eight places of a grid exceeds that at the others, at most.
double height_of_blocks(const std::vector<float>& steps) {
    std::array<double, block> sums{};
    std::array<int, block> counts{};
    for (std::size_t i = 1; i + 2 < steps.size(); ++i) {
        sums.at(i % block) += steps[i];
        ++counts.at(i % block);
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
    const double raw =
        (height_of_blocks(excess_of_columns(grey)) + height_of_blocks(excess_of_rows(grey))) / 2;
    return measured(raw, 100 * (1 - sigmoid(raw, 2.6, 0.5)));
}

}  // namespace faceward::face
