#include "engine/liveness/one_picture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace faceward::liveness {
namespace {

/// Levels by which pixels may differ in the mean. Codecs stay below a tenth at usual rates, living
/// faces above four.
constexpr double most = 0.75;

bool are_alike(image::PictureView a, image::PictureView b, int row_step) {
    const auto row_bytes = std::ptrdiff_t{3} * a.size.width;
    std::uint64_t difference = 0;
    std::uint64_t count = 0;
    for (int y = 0; y < a.size.height; y += row_step) {
        const std::uint8_t* p = a.row(y);
        const std::uint8_t* q = b.row(y);
        std::uint32_t row = 0;
        for (std::ptrdiff_t i = 0; i < row_bytes; ++i)
            row += static_cast<std::uint32_t>(std::abs(p[i] - q[i]));
        difference += row;
        count += static_cast<std::uint64_t>(row_bytes);
    }
    return static_cast<double>(difference) <= most * static_cast<double>(count);
}

/// Whether two pictures of one size are alike within a box.
bool are_alike_in(const image::Box& box, image::PictureView a, image::PictureView b) {
    const int left = std::clamp(static_cast<int>(box.x1), 0, a.size.width - 1);
    const int top = std::clamp(static_cast<int>(box.y1), 0, a.size.height - 1);
    const int right = std::clamp(static_cast<int>(std::ceil(box.x2)), left + 1, a.size.width);
    const int bottom = std::clamp(static_cast<int>(std::ceil(box.y2)), top + 1, a.size.height);
    const image::Size size{right - left, bottom - top};
    return are_alike(a.crop(left, top, size), b.crop(left, top, size), 1);
}

}  // namespace

image::Picture copy_of(image::PictureView picture) {
    image::Picture copy(picture.size);
    for (int y = 0; y < picture.size.height; ++y)
        std::memcpy(copy.row(y), picture.row(y), static_cast<std::size_t>(copy.stride()));
    return copy;
}

void OnePicture::look_at(image::PictureView frame, const std::optional<image::Box>& face) {
    constexpr int every_other_row = 2;  // tells as much of a whole picture
    if (!any_) {
        any_ = true;
        first_ = copy_of(frame);
        first_face_ = face;
        return;
    }
    if (!alike_) return;
    const image::PictureView first = first_.view();
    alike_ = frame.size == first.size && are_alike(first, frame, every_other_row) &&
             (!first_face_ || are_alike_in(*first_face_, first, frame)) &&
             (!face || are_alike_in(*face, first, frame));
    if (!alike_) first_ = {};
}

}  // namespace faceward::liveness
