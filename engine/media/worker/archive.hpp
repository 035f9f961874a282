#pragma once

#include "engine/media/limits.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace faceward::media {

/// An encoded picture out of an archive.
struct ArchivedPicture {
    std::string name;  ///< as in the archive
    std::vector<std::uint8_t> bytes;
};

/// The pictures of a ZIP or TAR file (also one packed by gzip, bzip2 or xz), in the natural order
/// of their names. Directories, files whose path has a part that begins with a dot, and `__MACOSX`
/// are skipped, but their bytes count. Nothing is written anywhere: names only put the pictures in
/// order. Fails with `medium_unreadable`: damaged, encrypted, empty, over a limit, or with anything
/// else than JPEG and PNG in it.
Result<std::vector<ArchivedPicture>> read_archive(std::span<const std::uint8_t> bytes,
                                                  const MediaLimits& limits);

}  // namespace faceward::media
