#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace faceward::media {

/// Whether a file name comes before another as people count: runs of digits compare as numbers
/// ("frame2.jpg" before "frame10.jpg"), letters by their bytes.
bool naturally_before(std::string_view a, std::string_view b);

/// The last run of digits before a name's extension: 37 in "clip/frame_0037.jpg". Nothing: none, or
/// more than 15 digits.
std::optional<std::int64_t> number_in_name(std::string_view name);

}  // namespace faceward::media
