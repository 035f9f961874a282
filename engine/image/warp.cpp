#include "engine/image/lanes.hpp"
#include "engine/image/transform.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace faceward::image {
namespace {

std::optional<Affine> inverse(const Affine& m) {
    const double determinant = m.xx * m.yy - m.xy * m.yx;
    if (determinant == 0 || !std::isfinite(1 / determinant)) return std::nullopt;
    Affine result{m.yy / determinant,  -m.xy / determinant, 0,
                  -m.yx / determinant, m.xx / determinant,  0};
    result.x0 = -(result.xx * m.x0 + result.xy * m.y0);
    result.y0 = -(result.yx * m.x0 + result.yy * m.y0);
    return result;
}

/// A source position: the pixel at its top left, and how far right and down of it it lies.
struct Position {
    int x;
    int y;
    float right;
    float down;
};

template <class Value>
Value blend(Value a, Value b, float share) {
    return a + share * (b - a);
}

/// All four neighbours, and one more pixel behind them, lie inside.
Lanes inside(PictureView source, const Position& at) {
    const std::uint8_t* above = source.row(at.y) + std::ptrdiff_t{3} * at.x;
    const std::uint8_t* below = above + source.stride;
    return blend(blend(load(above), load(above + 3), at.right),
                 blend(load(below), load(below + 3), at.right), at.down);
}

/// Neighbours outside are black.
Lanes anywhere(PictureView source, const Position& at) {
    const auto get = [&](int x, int y) -> Lanes {
        if (x < 0 || y < 0 || x >= source.size.width || y >= source.size.height) return Lanes{};
        const std::uint8_t* pixel = source.row(y) + std::ptrdiff_t{3} * x;
        return Lanes{static_cast<float>(pixel[0]), static_cast<float>(pixel[1]),
                     static_cast<float>(pixel[2])};
    };
    return blend(blend(get(at.x, at.y), get(at.x + 1, at.y), at.right),
                 blend(get(at.x, at.y + 1), get(at.x + 1, at.y + 1), at.right), at.down);
}

Lanes sample(PictureView source, double x, double y) {
    const auto [width, height] = source.size;
    // Also false for positions that are not numbers or do not fit an int.
    const bool touches = x > -1 && y > -1 && x < width && y < height;
    if (!touches) return Lanes{};
    const int left = static_cast<int>(x + 1) - 1;
    const int top = static_cast<int>(y + 1) - 1;
    const Position at{left, top, static_cast<float>(x - left), static_cast<float>(y - top)};
    const bool amid = left >= 0 && top >= 0 && left + 2 < width && top + 1 < height;
    return amid ? inside(source, at) : anywhere(source, at);
}

}  // namespace

Picture warp(PictureView source, const Affine& source_to_target, Size target) {
    Picture result(target);
    const auto back = inverse(source_to_target);
    if (!back) {
        std::fill_n(result.data(), result.bytes(), std::uint8_t{0});
        return result;
    }
    for (int y = 0; y < target.height; ++y) {
        std::uint8_t* out = result.row(y);
        const double row_x = back->xy * y + back->x0;
        const double row_y = back->yy * y + back->y0;
        for (int x = 0; x < target.width; ++x, out += 3) {
            store(sample(source, back->xx * x + row_x, back->yx * x + row_y), out);
        }
    }
    return result;
}

}  // namespace faceward::image
