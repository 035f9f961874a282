#pragma once

#include "service/pages/asset.hpp"

#include <span>

namespace faceward::api {

/// The API's description for programs (/openapi.json) and for people (/docs and what it loads).
std::span<const pages::Asset> documents();

}  // namespace faceward::api
