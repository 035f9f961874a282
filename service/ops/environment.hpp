#pragma once

#include <functional>
#include <map>
#include <string>

namespace faceward::ops {

/// Environment variables: name → value.
using Environment = std::map<std::string, std::string, std::less<>>;

/// A copy of the variables in `entries`: "NAME=value" each, ended by a null pointer, as POSIX
/// `environ`.
Environment read_environment(const char* const* entries);

}  // namespace faceward::ops
