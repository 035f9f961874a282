#include "engine/liveness/gesture.hpp"

#include "engine/model/manifest.hpp"

#include <algorithm>
#include <array>

namespace faceward::liveness {
namespace {

/// The amount of a gesture in a face.
double amount(Gesture gesture, const Expression& face) {
    switch (gesture) {
        case Gesture::close_eyes:
            return face.eyes_shut;
        case Gesture::smile:
            return face.smile;
        case Gesture::turn_left:
            return face.pose.yaw;
        case Gesture::turn_right:
            return -face.pose.yaw;
        case Gesture::look_down:
            return face.pose.pitch;
        case Gesture::look_up:
            return -face.pose.pitch;
    }
    return 0;
}

/// How far from the beginning makes a gesture; docs/accuracy.md tells how seldom faces that were
/// asked for nothing go so far.
double needed_for(Gesture gesture) {
    switch (gesture) {
        case Gesture::close_eyes:
        case Gesture::smile:
            return 0.3;
        case Gesture::turn_left:
        case Gesture::turn_right:
            return 15;
        case Gesture::look_down:
        case Gesture::look_up:
            return 10;
    }
    return 0;
}

}  // namespace

Result<std::vector<Expression>> expressions_of(std::span<const TimedMesh> frames,
                                               face::Blendshapes& blendshapes) {
    std::vector<Expression> expressions;
    expressions.reserve(frames.size());
    const auto both = [&](std::string_view left, std::string_view right) {
        return std::min(blendshapes.coefficient(left), blendshapes.coefficient(right));
    };
    for (const TimedMesh& frame : frames) {
        if (auto looked = blendshapes.look(frame.points); !looked)
            return tl::make_unexpected(looked.error());
        expressions.push_back({both(model::blink_left, model::blink_right),
                               both(model::smile_left, model::smile_right),
                               face::head_pose(frame.points)});
    }
    return expressions;
}

GestureFinding look_for(Gesture gesture, std::span<const Expression> frames) {
    constexpr std::size_t beginning = 3;
    GestureFinding finding{gesture, 0, needed_for(gesture)};
    if (frames.size() <= beginning) return finding;
    std::array<double, beginning> first{};
    for (std::size_t i = 0; i < beginning; ++i) first.at(i) = amount(gesture, frames[i]);
    std::ranges::sort(first);
    for (const Expression& frame : frames)
        finding.reached =
            std::max(finding.reached, amount(gesture, frame) - first.at(beginning / 2));
    return finding;
}

}  // namespace faceward::liveness
