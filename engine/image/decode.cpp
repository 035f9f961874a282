#include "engine/image/decode.hpp"

#include "engine/image/codec.hpp"
#include "engine/image/orientation.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <sstream>
#include <utility>

namespace faceward::image {
namespace {

constexpr std::array<std::uint8_t, 3> jpeg_signature{0xFF, 0xD8, 0xFF};
constexpr std::array<std::uint8_t, 8> png_signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

bool starts_with(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> signature) {
    return bytes.size() >= signature.size() &&
           std::equal(signature.begin(), signature.end(), bytes.begin());
}

Result<StoredPicture> decode_stored(std::span<const std::uint8_t> bytes, const DecodeLimits& limits,
                                    Room room) {
    if (bytes.empty()) return fail(Fault::picture_unreadable, "empty");
    if (starts_with(bytes, jpeg_signature)) return decode_jpeg(bytes, limits, room);
    if (starts_with(bytes, png_signature)) return decode_png(bytes, limits, room);
    return fail(Fault::picture_unreadable, "neither JPEG nor PNG");
}

}  // namespace

Result<Size> admit(std::int64_t width, std::int64_t height, const DecodeLimits& limits) {
    constexpr std::int64_t longest_side = std::numeric_limits<int>::max() / 4;
    if (width < 1 || height < 1) return fail(Fault::picture_unreadable, "no pixels");
    if (width > longest_side || height > longest_side || width > limits.max_pixels / height) {
        std::ostringstream reason;
        reason << width << 'x' << height << " pixels exceed the limit of "
               << static_cast<double>(limits.max_pixels) / 1e6 << " megapixels";
        return fail(Fault::picture_unreadable, reason.str());
    }
    return Size{static_cast<int>(width), static_cast<int>(height)};
}

Result<Picture> decode(std::span<const std::uint8_t> bytes, const DecodeLimits& limits, Room room) {
    return decode_stored(bytes, limits, room).map([](StoredPicture stored) {
        return upright(std::move(stored.picture), stored.orientation);
    });
}

}  // namespace faceward::image
