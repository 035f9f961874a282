#include "service/ops/cache_folder.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace faceward::ops {
namespace {

std::filesystem::path variable(const Environment& environment, std::string_view name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::filesystem::path()
                                      : std::filesystem::path(found->second);
}

}  // namespace

std::filesystem::path cache_folder(const Environment& environment) {
    if (auto own = variable(environment, "FACEWARD_CACHE"); !own.empty()) return own;
    if (const auto xdg = variable(environment, "XDG_CACHE_HOME"); xdg.is_absolute())
        return xdg / "faceward";
    if (const auto home = variable(environment, "HOME"); !home.empty())
        return home / ".cache" / "faceward";
    return {};
}

std::filesystem::path compiled_cache_folder(std::string_view setting,
                                            const Environment& environment) {
    if (setting == "off") return {};
    if (setting != "auto") return setting;
    const std::filesystem::path cache = cache_folder(environment);
    return cache.empty() ? cache : cache / "compiled";
}

std::filesystem::path models_folder(std::string_view setting, const Environment& environment) {
    if (!setting.empty()) return setting;
    const std::filesystem::path cache = cache_folder(environment);
    return cache.empty() ? cache : cache / "packs" / "current" / "default";  // setup/product.sh
}

std::optional<std::string> why_unwritable(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return error.message();
    std::string file = folder / "try-XXXXXX";
    const int descriptor = ::mkstemp(file.data());
    if (descriptor < 0) return std::generic_category().message(errno);
    ::close(descriptor);
    ::unlink(file.c_str());
    return std::nullopt;
}

}  // namespace faceward::ops
