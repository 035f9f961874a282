#pragma once

#include <tl/expected.hpp>

#include <string>
#include <string_view>

namespace faceward::http {

/// The bytes that a base64 text stands for (RFC 4648 §4, standard alphabet). CR and LF are ignored
/// wherever they stand; padding is required. Anything else, spaces included, is an error, and so
/// are bits left over in the last character: a text has one meaning, and bytes have one text. The
/// error is a clause for the caller.
tl::expected<std::string, std::string> from_base64(std::string_view text);

/// Base64 in one line, padded.
std::string to_base64(std::string_view bytes);

}  // namespace faceward::http
