#pragma once

#include "engine/engine.hpp"
#include "service/api/json.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace faceward::api {

/// Unix time in seconds, to the microsecond.
using UnixTime = double;
UnixTime unix_now();

/// The frame of a video or archive that is best for recognition, as a file.
struct ShotFile {
    std::string jpeg;
    image::Size size;
    int number = 1;  ///< its place in the medium, from 1
};

/// A medium of a detect request with what came of it.
struct JudgedMedium {
    std::string key;            ///< name of its part
    std::string original_name;  ///< its filename, or its key
    std::size_t bytes = 0;
    std::string md5;  ///< of its bytes, 32 hexadecimal digits
    UnixTime received = 0;
    UnixTime judged = 0;
    Judgement judgement;
    std::optional<ShotFile> shot;
};

/// What the answer calls a kind of medium, in the four places where it does.
struct KindWords {
    std::string_view type;
    std::string_view info;
    std::string_view id;
    std::string_view url;
};

const KindWords& words_of(media::Container container);

/// Attack probability of a medium in steps of 1e-6, as answered and as decided on.
double confidence_of(const JudgedMedium& medium);

/// Whether a medium counts as an attack where its frames alone would not make it one.
bool is_declined_by_motion(const JudgedMedium& medium, double threshold);

/// What the answer tells of a medium's file.
Json info_of(const JudgedMedium& medium);

}  // namespace faceward::api
