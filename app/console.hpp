#pragma once

#include "service/console/facts.hpp"
#include "service/ops/settings.hpp"

namespace faceward::app {

/// Whether the settings want the console on the address that they name.
bool serves_console(const ops::Settings& settings);

/// What the console tells before any model is loaded.
console::Facts console_facts(const ops::Settings& settings);

}  // namespace faceward::app
