#include "engine/image/draw.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::image {
namespace {

/// Distance of a point from the line between two others.
float distance(Point p, Point from, Point to) {
    const float dx = to.x - from.x;
    const float dy = to.y - from.y;
    const float length = dx * dx + dy * dy;
    const float along =
        length > 0 ? std::clamp(((p.x - from.x) * dx + (p.y - from.y) * dy) / length, 0.0F, 1.0F)
                   : 0;
    return std::hypot(p.x - from.x - along * dx, p.y - from.y - along * dy);
}

struct Range {
    int first;
    int end;
};

/// The pixels between two places and `reach` beyond them, within a picture's side.
Range pixels(float a, float b, float reach, int limit) {
    const float low = std::min(a, b);
    const float high = std::max(a, b);
    const auto clip = [&](float place) {
        return static_cast<int>(std::clamp(place, 0.0F, static_cast<float>(limit)));
    };
    return {clip(std::floor(low - reach)), clip(std::ceil(high + reach) + 1)};
}

void blend(std::uint8_t* pixel, Colour colour, float cover) {
    for (std::size_t c = 0; c < colour.size(); ++c) {
        const auto old = static_cast<float>(pixel[c]);
        pixel[c] = static_cast<std::uint8_t>(
            std::lround(old + cover * (static_cast<float>(colour.at(c)) - old)));
    }
}

}  // namespace

void draw_line(Picture& picture, Point from, Point to, float width, Colour colour) {
    const float reach = width / 2 + 0.5F;
    const Range columns = pixels(from.x, to.x, reach, picture.size().width);
    const Range rows = pixels(from.y, to.y, reach, picture.size().height);
    for (int y = rows.first; y < rows.end; ++y)
        for (int x = columns.first; x < columns.end; ++x) {
            const Point here{static_cast<float>(x), static_cast<float>(y)};
            const float cover = std::min(1.0F, reach - distance(here, from, to));
            if (cover > 0) blend(picture.row(y) + std::ptrdiff_t{3} * x, colour, cover);
        }
}

void draw_box(Picture& picture, const Box& box, float width, Colour colour) {
    const std::array<Point, 4> corners{
        {{box.x1, box.y1}, {box.x2, box.y1}, {box.x2, box.y2}, {box.x1, box.y2}}};
    for (std::size_t i = 0; i < corners.size(); ++i)
        draw_line(picture, corners.at(i), corners.at((i + 1) % corners.size()), width, colour);
}

}  // namespace faceward::image
