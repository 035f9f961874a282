#include "engine/face/quality/advice.hpp"

#include <algorithm>
#include <array>

namespace faceward::face {
namespace {

/// What to say of a component below a score, and what instead where its raw value is negative.
struct Line {
    std::string_view text;
    std::string_view negative;
    int below = 50;
};

constexpr std::string_view whole_picture = "send a larger picture that shows the whole head";

constexpr std::array<Line, component_count> lines{{
    {"move closer to the camera", {}},
    {"turn your face to the camera, to your right", "turn your face to the camera, to your left"},
    {"raise your chin", "lower your chin"},
    {"hold your head upright, tilt it to your left",
     "hold your head upright, tilt it to your right"},
    {"hold still and let the camera focus", {}},
    {"turn to the light", {}},
    {"avoid glaring light on the face", {}},
    {"look for brighter and softer light", {}},
    {"turn to the light, so that it falls on both sides of the face alike", {}},
    // What the standard wants around a head, and behind it, few but identity documents have.
    {"move back, so that the whole head is in the picture", {}, 1},
    {"stand before a plain background", {}, 25},
    {"open your eyes", {}},
    {"close your mouth", {}},
    {"let nobody else be in the picture", {}},
    {"send the picture less compressed", {}},
}};

const Line& line_of(Component component) { return lines.at(static_cast<std::size_t>(component)); }

std::string_view text_for(Component component, double raw) {
    const Line& line = line_of(component);
    return raw < 0 && !line.negative.empty() ? line.negative : line.text;
}

bool is_worth_saying(const Quality& quality, Component component) {
    const auto& measure = quality[component];
    return measure && measure->score < advised_below(component);
}

}  // namespace

int advised_below(Component component) { return line_of(component).below; }

std::vector<std::string_view> advice_on(const Quality& quality) {
    struct Complaint {
        int score;
        std::string_view text;
    };
    // Nobody can move closer and back: such a picture was cut out of a larger one.
    const bool cut_out = is_worth_saying(quality, Component::inter_eye_distance) &&
                         is_worth_saying(quality, Component::crop_of_the_face_image);
    std::vector<Complaint> complaints;
    for (const Component component : components) {
        if (!is_worth_saying(quality, component)) continue;
        const auto& measure = quality[component];
        if (cut_out && component == Component::inter_eye_distance)
            complaints.push_back({measure->score, whole_picture});
        else if (!cut_out || component != Component::crop_of_the_face_image)
            complaints.push_back({measure->score, text_for(component, measure->raw)});
    }
    std::ranges::stable_sort(complaints, {}, &Complaint::score);
    std::vector<std::string_view> advice;
    advice.reserve(complaints.size());
    for (const Complaint& complaint : complaints) advice.push_back(complaint.text);
    return advice;
}

}  // namespace faceward::face
