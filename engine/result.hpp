#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace faceward {

/// What can go wrong inside the engine, in the domain's words. `service/api/error_table.cpp` maps
/// each of them to an HTTP status, a protocol code and the published description; a new one needs a
/// row there.
enum class Fault {
    picture_unreadable,      ///< empty, not JPEG or PNG, damaged, or over a limit
    medium_unreadable,       ///< a video or archive: of no known kind, damaged, or over a limit
    template_unreadable,     ///< empty, foreign, damaged, or made by another model
    face_not_found,          ///< no face on the picture
    several_faces,           ///< more than one person on the picture
    template_not_extracted,  ///< a face is there, but no template can be made of it
    not_judgeable,           ///< a face is there, but whether it is bona fide cannot be told
    inference_failed,        ///< the inference backend failed
    decoder_failed,          ///< no process can be had to decode in
    pack_invalid,            ///< a model pack does not hold what it says
    internal,                ///< anything that should not happen
};

/// An error as a value.
struct Error {
    Fault fault;
    std::string
        reason;  ///< one plain clause for the caller, without paths or picture data; may be empty
};

/// A value, or the error that kept it from being made.
template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(Fault::face_not_found, "…");` in a function that returns a Result.
inline tl::unexpected<Error> fail(Fault fault, std::string reason = {}) {
    return tl::make_unexpected(Error{fault, std::move(reason)});
}

}  // namespace faceward
