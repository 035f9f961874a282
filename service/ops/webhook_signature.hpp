#pragma once

#include <string>
#include <string_view>

namespace faceward::ops {

/// HMAC-SHA256 (RFC 2104) of a text, as 64 hexadecimal digits in lower case. Throws
/// std::runtime_error where the cryptographic library fails.
std::string hmac_sha256(std::string_view secret, std::string_view text);

}  // namespace faceward::ops
