#include "service/ops/settings_change.hpp"

#include "service/ops/setting_table.hpp"
#include "service/ops/settings_toml.hpp"

namespace faceward::ops {

SettingsChange take_over(const Settings& in_force, const Settings& wanted) {
    SettingsChange change{in_force, {}, {}};
    for (const Setting& setting : setting_table()) {
        const Value value = setting.get(wanted);
        if (value == setting.get(in_force)) continue;
        if (!setting.live) {
            change.needs_start.emplace_back(setting.name);
            continue;
        }
        setting.set(change.settings, value);
        change.taken_over.push_back(assignment(setting, value));
    }
    return change;
}

}  // namespace faceward::ops
