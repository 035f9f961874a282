#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace faceward::ops {

using Files = std::map<std::string, std::string>;

/// A root folder with the given files, gone at the end.
class FakeRoot {
  public:
    explicit FakeRoot(const Files& files) {
        std::string pattern = testing::TempDir() + "fake_root_XXXXXX";
        root_ = mkdtemp(pattern.data());
        for (const auto& [name, text] : files) {
            const std::filesystem::path file = root_ / name;
            std::filesystem::create_directories(file.parent_path());
            std::ofstream(file) << text;
        }
    }
    ~FakeRoot() { std::filesystem::remove_all(root_); }
    FakeRoot(const FakeRoot&) = delete;
    FakeRoot& operator=(const FakeRoot&) = delete;

    const std::filesystem::path& path() const { return root_; }

  private:
    std::filesystem::path root_;
};

}  // namespace faceward::ops
