#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace faceward::api {

/// The MD5 digest (RFC 1321) in 32 lower-case hexadecimal digits. It names contents, as the
/// protocol wants it; it proves nothing.
std::string md5(std::span<const std::uint8_t> bytes);

}  // namespace faceward::api
