#pragma once

#include "engine/template/kernels.hpp"

#include <vector>

namespace faceward::templates {

/// The x86-64 kernels that this CPU can run, the widest registers last; none on another
/// architecture.
std::vector<Kernel> supported_x86_kernels();

}  // namespace faceward::templates
