#pragma once

#include "service/ops/settings.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What `faceward doctor` looks at. Each function looks at one thing and tells what it found.
namespace faceward::app::doctor {

enum class State {
    good,
    note,  ///< works, and could be better or needs to be known
    bad,   ///< keeps the program from serving as the settings say
};

/// One thing, as it is.
struct Finding {
    State state = State::good;
    std::string_view subject;
    std::string what;
    std::string advice;  ///< what to change; empty: nothing
};

using Findings = std::vector<Finding>;

/// The processor with its features, the cores and the slots that they make.
Finding processor();
Finding cores(const ops::Settings& settings);
/// File descriptors against connections.
Finding descriptors(const ops::Settings& settings);
/// What the kernel has to lock decoders in.
Finding sandbox(const ops::Settings& settings);

/// Whether the ports can be listened on, and who may reach them.
Findings ports(const ops::Settings& settings);
Finding webhooks(const ops::Settings& settings);

/// The pack with its networks and licences; then, if it holds, the engine on it: start, self-tests
/// with their times, and memory at its worst.
Findings pack(const ops::Settings& settings);

}  // namespace faceward::app::doctor
