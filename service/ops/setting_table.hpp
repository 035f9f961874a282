#pragma once

#include "service/ops/allowed.hpp"
#include "service/ops/settings.hpp"

#include <span>
#include <string_view>

namespace faceward::ops {

/// Everything there is to know about one setting. Its default is what `get` gives for `Settings{}`.
struct Setting {
    std::string_view name;  ///< the word in the file, the variable and the option
    std::string_view unit;  ///< empty where there is none
    Allowed allowed;
    std::string_view meaning;  ///< a sentence without its full stop
    bool live;                 ///< a running server takes it over; else it needs a new start
    Value (*get)(const Settings&);
    void (*set)(Settings&, const Value&);  ///< the value must be one that `accept` gave
};

/// All settings, in the order in which people should read them.
std::span<const Setting> setting_table();

/// The setting of that name, or null.
const Setting* find_setting(std::string_view name);

}  // namespace faceward::ops
