#pragma once

#include <cstdint>

namespace faceward::image {

/// What an encoded picture may cost. Checked against its header, before memory is taken for its
/// pixels.
struct DecodeLimits {
    /// Width × height. 50 megapixels (the largest common phone format) take 150 MB decoded; a
    /// progressive JPEG or a transparent PNG of that size up to three times as much while it is
    /// being read.
    std::int64_t max_pixels = 50'000'000;
    /// Scans in a JPEG. Encoders write about 10; each costs a pass over the whole picture however
    /// few bytes it has, so that a file of thousands ("scan bomb") would keep a core busy for
    /// minutes.
    std::int64_t max_progressive_scans = 100;
};

}  // namespace faceward::image
