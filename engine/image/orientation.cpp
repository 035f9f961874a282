#include "engine/image/orientation.hpp"

#include <algorithm>
#include <cstring>

namespace faceward::image {
namespace {

/// Walks a stored picture in the order of the upright one.
struct Walk {
    const std::uint8_t* origin;  ///< the stored pixel that becomes the upright top left one
    std::ptrdiff_t right;        ///< bytes from a pixel to the one that belongs right of it
    std::ptrdiff_t down;         ///< bytes from a pixel to the one that belongs below it
    Size size;                   ///< of the upright picture
};

Walk walk(PictureView stored, Orientation orientation) {
    const int last_x = stored.size.width - 1;
    const int last_y = stored.size.height - 1;
    const auto at = [&](int x, int y) { return stored.row(y) + std::ptrdiff_t{3} * x; };
    const std::ptrdiff_t column = 3;
    const std::ptrdiff_t row = stored.stride;
    const Size same = stored.size;
    const Size turned{same.height, same.width};
    switch (orientation) {
        case Orientation::top_right:
            return {at(last_x, 0), -column, row, same};
        case Orientation::bottom_right:
            return {at(last_x, last_y), -column, -row, same};
        case Orientation::bottom_left:
            return {at(0, last_y), column, -row, same};
        case Orientation::left_top:
            return {at(0, 0), row, column, turned};
        case Orientation::right_top:
            return {at(0, last_y), -row, column, turned};
        case Orientation::right_bottom:
            return {at(last_x, last_y), -row, -column, turned};
        case Orientation::left_bottom:
            return {at(last_x, 0), row, -column, turned};
        case Orientation::top_left:
            break;
    }
    return {at(0, 0), column, row, same};
}

/// Copies pixels [x0, x1) of one upright row.
void copy_row(const Walk& from, Picture& to, int y, int x0, int x1) {
    const std::uint8_t* source = from.origin + y * from.down + x0 * from.right;
    std::uint8_t* target = to.row(y) + std::ptrdiff_t{3} * x0;
    for (int x = x0; x < x1; ++x, source += from.right, target += 3) std::memcpy(target, source, 3);
}

}  // namespace

Picture upright(Picture stored, Orientation orientation) {
    if (orientation == Orientation::top_left) return stored;
    const Walk from = walk(stored.view(), orientation);
    Picture result(from.size);
    // Square tiles keep both sides in the cache when rows become columns.
    constexpr int tile = 32;
    for (int y0 = 0; y0 < from.size.height; y0 += tile) {
        const int y1 = std::min(y0 + tile, from.size.height);
        for (int x0 = 0; x0 < from.size.width; x0 += tile) {
            const int x1 = std::min(x0 + tile, from.size.width);
            for (int y = y0; y < y1; ++y) copy_row(from, result, y, x0, x1);
        }
    }
    return result;
}

}  // namespace faceward::image
