#include "service/ops/environment.hpp"

#include <string_view>

namespace faceward::ops {

Environment read_environment(const char* const* entries) {
    Environment environment;
    for (; *entries != nullptr; ++entries) {
        const std::string_view entry = *entries;
        if (const std::size_t equals = entry.find('='); equals != std::string_view::npos)
            environment.emplace(entry.substr(0, equals), entry.substr(equals + 1));
    }
    return environment;
}

}  // namespace faceward::ops
