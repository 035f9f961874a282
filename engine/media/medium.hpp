#pragma once

#include "engine/image/picture.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace faceward::media {

/// The file formats that are told apart.
enum class Container : std::uint8_t {
    jpeg,
    png,
    mp4,
    quicktime,
    three_gp,
    webm,
    matroska,
    avi,
    mpeg_ts,
    mpeg_ps,
    zip,
    tar,
    gzip,
    bzip2,
    xz,
};

/// What a medium is, whatever its format.
enum class Kind : std::uint8_t { picture, video, archive };

/// The format that some bytes begin like; labels and file names play no part. Nothing: unknown.
std::optional<Container> container_of(std::span<const std::uint8_t> bytes);

Kind kind_of(Container container);

/// "video/mp4", "application/zip", …: the media type as IANA lists it, or the customary one.
std::string_view mime_type(Container container);

/// What is known of a medium once it has been read.
struct MediumFacts {
    image::Size stored;   ///< pixels of the first frame as the file stores it
    image::Size upright;  ///< the same as it is meant to be seen
    int frames = 1;       ///< in the whole medium
    double seconds = 0;   ///< duration; 0 for pictures
    double rate = 0;      ///< frames a second, the mean where it varies; videos only
};

/// One frame of a medium, upright. The pixels are those of the decoder's shared memory: they stay
/// as they are until its next call.
struct Frame {
    image::PictureView picture;
    int number = 1;   ///< its place in the medium, from 1
    int planned = 1;  ///< how many frames of the medium are to come in all
    /// When it was taken, from the first frame on. In an archive the numbers in the file names tell
    /// it, `archive_frame_rate` of them a second, or else the frame's place.
    double seconds = 0;
};

}  // namespace faceward::media
