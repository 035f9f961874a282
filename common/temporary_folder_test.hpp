#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace faceward {

/// A new, empty folder of one test's own, gone at the end: tests run side by side.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = std::filesystem::path(testing::TempDir()) / "faceward_XXXXXX";
        path_ = mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace faceward
