#include "engine/face/align.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace faceward::face {
namespace {

constexpr Landmarks crop_positions{{{38.2946F, 51.6963F},
                                    {73.5318F, 51.5014F},
                                    {56.0252F, 71.7366F},
                                    {41.5493F, 92.3655F},
                                    {70.7299F, 92.2041F}}};
constexpr double crop_side = 112;

image::Point mean_of(const Landmarks& points) {
    image::Point mean;
    for (const image::Point& p : points) mean = {mean.x + p.x / 5, mean.y + p.y / 5};
    return mean;
}

/// A square of the picture with its top left pixel at (left, top), black where it reaches over the
/// border.
image::Picture window(image::PictureView picture, int left, int top, int length) {
    image::Picture square({length, length});
    std::memset(square.data(), 0, square.bytes());
    const int from_x = std::max(0, left);
    const int to_x = std::min(picture.size.width, left + length);
    const std::size_t row_bytes =
        to_x > from_x ? std::size_t{3} * static_cast<std::size_t>(to_x - from_x) : 0;
    for (int y = std::max(0, top); row_bytes > 0 && y < std::min(picture.size.height, top + length);
         ++y)
        std::memcpy(square.row(y - top) + std::ptrdiff_t{3} * (from_x - left),
                    picture.row(y) + std::ptrdiff_t{3} * from_x, row_bytes);
    return square;
}

}  // namespace

Result<image::Affine> similarity_to_crop(const Landmarks& points, image::Size size) {
    const image::Point from = mean_of(points);
    const image::Point to = mean_of(crop_positions);
    double along = 0;
    double across = 0;
    double spread = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double sx = points[i].x - from.x;
        const double sy = points[i].y - from.y;
        const double tx = crop_positions[i].x - to.x;
        const double ty = crop_positions[i].y - to.y;
        along += sx * tx + sy * ty;
        across += sx * ty - sy * tx;
        spread += sx * sx + sy * sy;
    }
    if (!std::isfinite(spread) || spread < 1)
        return fail(Fault::template_not_extracted, "the face's landmarks cannot be told apart");
    const double grow = size.width / crop_side;
    const double a = grow * along / spread;
    const double b = grow * across / spread;
    return image::Affine{a, -b, grow * to.x - a * from.x + b * from.y,
                         b, a,  grow * to.y - b * from.x - a * from.y};
}

image::Picture cut(image::PictureView picture, const image::Affine& to_crop, image::Size size) {
    constexpr double far = 0.5;
    const double scale = std::hypot(to_crop.xx, to_crop.yx);
    if (scale >= far) return image::warp(picture, to_crop, size);

    // The part of the picture under the crop: around the crop's centre, half its diagonal to each
    // side.
    const double u = size.width / 2.0 - to_crop.x0;
    const double v = size.height / 2.0 - to_crop.y0;
    const double centre_x = (to_crop.xx * u + to_crop.yx * v) / (scale * scale);
    const double centre_y = (to_crop.xx * v - to_crop.yx * u) / (scale * scale);
    const double reach = std::hypot(size.width, size.height) / (2 * scale) + 2;
    const auto clip = [](double value, int limit) {
        return static_cast<int>(std::lround(std::clamp(value, 0.0, static_cast<double>(limit))));
    };
    const int left = clip(centre_x - reach, picture.size.width);
    const int top = clip(centre_y - reach, picture.size.height);
    const image::Size part{clip(centre_x + reach, picture.size.width) - left,
                           clip(centre_y + reach, picture.size.height) - top};
    if (part.width < 2 || part.height < 2) return image::warp(picture, to_crop, size);

    const auto shrunk_length = [&](int length) {
        return std::max(1, static_cast<int>(std::lround(length * scale / far)));
    };
    const image::Size shrunk_size{shrunk_length(part.width), shrunk_length(part.height)};
    const image::Picture shrunk = image::resize_area(picture.crop(left, top, part), shrunk_size);
    const double sx = static_cast<double>(part.width) / shrunk_size.width;
    const double sy = static_cast<double>(part.height) / shrunk_size.height;
    // Shrunk pixel p lies at left + (p + ½) · s − ½ of the picture.
    const double x0 = left + sx / 2 - 0.5;
    const double y0 = top + sy / 2 - 0.5;
    const image::Affine rest{
        to_crop.xx * sx, to_crop.xy * sy, to_crop.xx * x0 + to_crop.xy * y0 + to_crop.x0,
        to_crop.yx * sx, to_crop.yy * sy, to_crop.yx * x0 + to_crop.yy * y0 + to_crop.y0};
    return image::warp(shrunk.view(), rest, size);
}

Square cut_square(image::PictureView picture, const image::Box& around, int side) {
    constexpr double far = 0.5;
    const double wanted = std::max(around.width(), around.height());
    const image::Point centre = around.centre();
    if (side / wanted > far) {
        const double scale = side / wanted;
        const double left = centre.x - wanted / 2;
        const double top = centre.y - wanted / 2;
        return {
            image::warp(picture, {scale, 0, -left * scale, 0, scale, -top * scale}, {side, side}),
            {static_cast<float>(left), static_cast<float>(top)},
            static_cast<float>(1 / scale)};
    }
    const int length = static_cast<int>(std::lround(wanted));
    const int left = static_cast<int>(std::lround(centre.x - wanted / 2));
    const int top = static_cast<int>(std::lround(centre.y - wanted / 2));
    return {image::resize_area(window(picture, left, top, length).view(), {side, side}),
            {static_cast<float>(left), static_cast<float>(top)},
            static_cast<float>(length) / static_cast<float>(side)};
}

}  // namespace faceward::face
