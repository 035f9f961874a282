#pragma once

#include "service/pages/asset.hpp"

#include <span>

namespace faceward::console {

/// The page and all that it loads, bundled from web/ at build time.
std::span<const pages::Asset> files();

}  // namespace faceward::console
