#pragma once

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace faceward::evaluation {

/// Tells whether a file is still the one that was looked at: its size and time of change; null
/// where there is none.
nlohmann::json signature_of(const std::filesystem::path& file);

/// What was found on each file of a run, kept on disk as it comes, so that a run that was stopped
/// goes on where it was. A file that has changed since is looked at again. Thread-safe.
class Journal {
  public:
    /// Opens `folder`/journal.jsonl, or begins it. `maker` says what finds things: a journal that
    /// another maker began is refused, since its findings are not comparable. The error is for the
    /// operator.
    static tl::expected<Journal, std::string> open(const std::filesystem::path& folder,
                                                   const nlohmann::json& maker);

    /// The finding on a file with that signature, or null.
    const nlohmann::json* find(const std::string& path, const nlohmann::json& signature) const;

    /// Keeps a finding, an object.
    void add(const std::string& path, const nlohmann::json& signature, nlohmann::json finding);

  private:
    Journal() = default;

    std::map<std::string, nlohmann::json> entries_;
    std::ofstream stream_;
    std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
};

/// Looks at a file in a worker slot; gives an object.
using Look = std::function<nlohmann::json(std::size_t slot, const std::filesystem::path& file)>;

/// Told how many files are done, out of how many.
using Progress = std::function<void(std::size_t done, std::size_t all)>;

/// Looks at each file of `paths` under `base` that the journal has no finding on, in all slots at
/// once, and gives all findings in the order of the paths.
std::vector<nlohmann::json> look_at_all(const std::vector<std::string>& paths,
                                        const std::filesystem::path& base, std::size_t slots,
                                        Journal& journal, const Look& look,
                                        const Progress& progress);

}  // namespace faceward::evaluation
