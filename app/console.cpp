#include "app/console.hpp"

#include "engine/face/quality/advice.hpp"
#include "engine/model/runtime.hpp"
#include "service/ops/loopback.hpp"

namespace faceward::app {

bool serves_console(const ops::Settings& settings) {
    return settings.console == ops::ConsoleMode::on ||
           (settings.console == ops::ConsoleMode::automatic && ops::is_loopback(settings.host));
}

console::Facts console_facts(const ops::Settings& settings) {
    console::Facts facts;
    facts.version = FACEWARD_VERSION;
    facts.inference = model::Runtime::version();
    facts.approve_threshold = settings.approve_threshold;
    facts.decline_threshold = settings.decline_threshold;
    facts.liveness_threshold = settings.liveness_threshold;
    facts.max_body_bytes = settings.max_body_bytes;
    facts.max_pixels = settings.max_pixels;
    facts.max_video_seconds = settings.max_video_seconds;
    for (const face::Component component : face::components)
        facts.advice.push_back({face::name_of(component), face::advised_below(component)});
    return facts;
}

}  // namespace faceward::app
