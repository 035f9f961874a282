#include "engine/image/transform.hpp"

#include <algorithm>

namespace faceward::image {

Picture mirrored(PictureView source) {
    constexpr std::ptrdiff_t channels = 3;
    Picture target(source.size);
    for (int y = 0; y < source.size.height; ++y) {
        const std::uint8_t* from = source.row(y);
        std::uint8_t* to = target.row(y) + channels * source.size.width;
        for (int x = 0; x < source.size.width; ++x, from += channels)
            std::copy_n(from, channels, to -= channels);
    }
    return target;
}

}  // namespace faceward::image
