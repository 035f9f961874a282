#pragma once

#include "service/api/form.hpp"
#include "service/api/pattern.hpp"
#include "service/http/message.hpp"

namespace faceward::api {

/// POST /v1/face/quality: the picture of one face → its measures, the unified score and advice.
/// Takes what `extract` takes and refuses as it does.
Answer<http::Response> assess_quality(const http::Request& request, Work& work);

/// POST /v1/face/detect: a picture → all faces on it, which may be none; with `?draw=1` the picture
/// with them drawn, as JPEG.
Answer<http::Response> detect_faces(const http::Request& request, Work& work);

}  // namespace faceward::api
