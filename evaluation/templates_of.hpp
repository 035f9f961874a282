#pragma once

#include "engine/engine.hpp"
#include "evaluation/journal.hpp"
#include "evaluation/statistics.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faceward::evaluation {

/// Who finds what a journal keeps: the version, what is done, the makers of templates, and the
/// settings that matter to them.
nlohmann::json maker_of(const Engine& engine, const std::string& kind,
                        const nlohmann::json& settings);

/// How good a picture is for recognition.
struct SampleQuality {
    double unified = 0;    ///< unified score, 0…100
    double face_size = 0;  ///< geometric mean of the box's sides in pixels
};

/// Templates of pictures, and why there are none of the others.
struct Acquired {
    std::vector<std::optional<templates::Template>> templates;  ///< one for each picture
    /// One for each picture, of those that have a template; empty where they were not asked for.
    std::vector<SampleQuality> qualities;
    std::map<std::string, std::size_t> failures;  ///< how many for which reason

    std::size_t failed() const;

    /// The pictures, of which those without a template count, by the subject of each.
    Cases failures_of(std::span<const std::uint32_t> subjects) const;
};

/// Makes the templates of pictures, or takes them from the journal.
Acquired acquire(Engine& engine, const std::vector<std::string>& paths,
                 const std::filesystem::path& images, Journal& journal, const Progress& progress);

/// The same, and the pictures' qualities.
Acquired acquire_with_quality(Engine& engine, const std::vector<std::string>& paths,
                              const std::filesystem::path& images, Journal& journal,
                              const Progress& progress);

/// A file's bytes; empty when it cannot be read.
std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file);

}  // namespace faceward::evaluation
