#pragma once

#include "service/api/form.hpp"

#include <string_view>

namespace faceward::api {

/// Whether a switch of a request's query ("draw=1&…") is on: 1 means yes, 0 or its absence no.
/// Anything else, and a switch that is there twice, is refused with `bad_request`; what else the
/// query holds is ignored.
Answer<bool> query_switch(std::string_view query, std::string_view name);

}  // namespace faceward::api
