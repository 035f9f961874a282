#pragma once

#include "engine/image/decode.hpp"
#include "engine/image/orientation.hpp"
#include "engine/image/picture.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <span>

namespace faceward::image {

/// A picture as it is stored, and the way it wants to be turned.
struct StoredPicture {
    Picture picture;
    Orientation orientation = Orientation::top_left;
};

/// The two codecs behind decode(); each expects bytes that begin with its format's signature, and
/// uses the room if the picture fits there.
Result<StoredPicture> decode_jpeg(std::span<const std::uint8_t> bytes, const DecodeLimits& limits,
                                  Room room);
Result<StoredPicture> decode_png(std::span<const std::uint8_t> bytes, const DecodeLimits& limits,
                                 Room room);

/// The size a header claims, if it has pixels and keeps to the limit.
Result<Size> admit(std::int64_t width, std::int64_t height, const DecodeLimits& limits);

}  // namespace faceward::image
