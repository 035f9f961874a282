#pragma once

#include "engine/image/picture.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <vector>

namespace faceward::image {

/// The pixels as a baseline JPEG (ITU-T T.81) with full colour resolution; `quality` is 1…100 on
/// the scale of the Independent JPEG Group. Fails with `medium_unreadable` where a side is longer
/// than JPEG allows, and with `internal` for want of memory.
Result<std::vector<std::uint8_t>> encode_jpeg(PictureView picture, int quality);

}  // namespace faceward::image
