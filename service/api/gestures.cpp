#include "service/api/gestures.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace faceward::api {
namespace {

using liveness::Gesture;

constexpr std::string_view gesture_prefix = "video_selfie_";
constexpr std::array<std::pair<Gesture, std::string_view>, 6> gesture_words{{
    {Gesture::close_eyes, "eyes"},
    {Gesture::smile, "smile"},
    {Gesture::turn_left, "left"},
    {Gesture::turn_right, "right"},
    {Gesture::look_down, "down"},
    {Gesture::look_up, "high"},
}};

}  // namespace

std::string_view to_string(Gesture gesture) {
    return std::ranges::find(gesture_words, gesture, &decltype(gesture_words)::value_type::first)
        ->second;
}

std::vector<Gesture> gestures_of(const std::vector<std::string>& tags) {
    std::vector<Gesture> gestures;
    for (const auto& [gesture, word] : gesture_words)
        if (std::ranges::find(tags, std::string(gesture_prefix) + std::string(word)) != tags.end())
            gestures.push_back(gesture);
    return gestures;
}

}  // namespace faceward::api
