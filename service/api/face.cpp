#include "service/api/face.hpp"

#include "service/api/face_view.hpp"
#include "service/api/query.hpp"

namespace faceward::api {

Answer<http::Response> assess_quality(const http::Request& request, Work& work) {
    std::string decoded;
    const auto picture = single_picture(request, decoded);
    if (!picture) return tl::make_unexpected(picture.error());
    const auto assessment = work.engine.assess(work.slot, *picture);
    if (!assessment) return tl::make_unexpected(from_engine(assessment.error()));
    http::Response response;
    response.body = quality_json(assessment->quality).dump();
    response.note_stages(assessment->times);
    return response;
}

Answer<http::Response> detect_faces(const http::Request& request, Work& work) {
    const auto draw = query_switch(request.query, "draw");
    if (!draw) return tl::make_unexpected(draw.error());
    std::string decoded;
    const auto picture = single_picture(request, decoded);
    if (!picture) return tl::make_unexpected(picture.error());
    const auto detection = work.engine.detect(work.slot, *picture, *draw);
    if (!detection) return tl::make_unexpected(from_engine(detection.error()));
    http::Response response;
    if (*draw) {
        response.content_type = "image/jpeg";
        response.body.assign(detection->drawn.begin(), detection->drawn.end());
    } else {
        response.body = detection_json(*detection).dump();
    }
    response.note_stages(detection->times);
    return response;
}

}  // namespace faceward::api
