#pragma once

#include <string>

namespace faceward::ops {

/// What the kernel offers to lock processes in.
struct KernelFeatures {
    std::string release;         ///< "6.1.0-18-amd64"
    int landlock = 0;            ///< version of the interface; 0: none
    bool seccomp_kills = false;  ///< a filter can end a process that makes another system call
};

KernelFeatures kernel_features();

}  // namespace faceward::ops
