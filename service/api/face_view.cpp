#include "service/api/face_view.hpp"

#include "engine/face/quality/advice.hpp"

#include <array>
#include <string>
#include <string_view>

namespace faceward::api {
namespace {

double pixels(float value) { return rounded(value, 1); }

Json measure_json(const face::Quality& quality, face::Component component) {
    const auto& measure = quality[component];
    if (!measure) return nullptr;
    return {{"score", measure->score},
            {"raw", rounded(measure->raw, 3)},
            {"unit", face::unit_of(component)}};
}

Json face_json(const DetectedFace& detected) {
    // As on the picture of a person who looks at the camera: their right is on its left.
    constexpr std::array<std::string_view, 5> names{"right_eye", "left_eye", "nose_tip",
                                                    "right_mouth_corner", "left_mouth_corner"};
    const face::Face& face = detected.face;
    Json landmarks;
    for (std::size_t i = 0; i < names.size(); ++i)
        landmarks[std::string(names.at(i))] = {pixels(face.points.at(i).x),
                                               pixels(face.points.at(i).y)};
    Json json{{"box",
               {{"x", pixels(face.box.x1)},
                {"y", pixels(face.box.y1)},
                {"width", pixels(face.box.width())},
                {"height", pixels(face.box.height())}}},
              {"score", rounded(face.score, 4)},
              {"landmarks", std::move(landmarks)},
              {"pose", nullptr}};
    if (const auto& pose = detected.pose)
        json["pose"] = {{"yaw", rounded(pose->yaw, 1)},
                        {"pitch", rounded(pose->pitch, 1)},
                        {"roll", rounded(pose->roll, 1)}};
    return json;
}

}  // namespace

Json quality_json(const face::Quality& quality) {
    Json measures;
    for (const face::Component component : face::components)
        measures[std::string(face::name_of(component))] = measure_json(quality, component);
    return {{"unified_score", quality.unified_score},
            {"measures", std::move(measures)},
            {"advice", face::advice_on(quality)}};
}

Json detection_json(const Detection& detection) {
    Json faces = Json::array();
    for (const DetectedFace& face : detection.faces) faces.push_back(face_json(face));
    return {{"width", detection.size.width},
            {"height", detection.size.height},
            {"faces", std::move(faces)}};
}

}  // namespace faceward::api
