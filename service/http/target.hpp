#pragma once

#include <string_view>

namespace faceward::http {

/// The parts of a request target, views into it.
struct Target {
    std::string_view path;
    std::string_view query;  ///< after the first '?', or empty
};

/// Splits a target in origin form ("/a?b") or absolute form ("http://example.org/a?b", RFC 9112
/// §3.2.2); nothing is decoded. Other forms ("*") are all path.
Target split_target(std::string_view target);

}  // namespace faceward::http
