#pragma once

#include "service/api/form.hpp"
#include "service/api/pattern.hpp"
#include "service/http/message.hpp"

namespace faceward::api {

/// Presentation attack detection (contract: POST /v1/face/liveness/detect): a picture as the body
/// is answered `{"passed", "score"}`; a form with media and a payload the whole published folder.
Answer<http::Response> detect(const http::Request& request, Work& work);

}  // namespace faceward::api
