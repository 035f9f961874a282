#pragma once

#include "service/http/message.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace faceward::http {

/// The status line and all headers of an answer with the empty line behind them (RFC 9112 §4).
/// `now` becomes its Date.
std::string response_head(const Response& response, std::string_view request_id, bool keep_alive,
                          std::chrono::system_clock::time_point now);

}  // namespace faceward::http
