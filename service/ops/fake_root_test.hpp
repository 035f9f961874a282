#pragma once

#include "common/temporary_folder_test.hpp"

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
        for (const auto& [name, text] : files) {
            const std::filesystem::path file = path() / name;
            std::filesystem::create_directories(file.parent_path());
            std::ofstream(file) << text;
        }
    }

    const std::filesystem::path& path() const { return root_.path(); }

  private:
    TemporaryFolder root_;
};

}  // namespace faceward::ops
