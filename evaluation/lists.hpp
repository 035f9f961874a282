#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::evaluation {

/// Two samples to be compared; indices into `Samples::paths`.
struct PairEntry {
    std::uint32_t a;
    std::uint32_t b;
    bool mated;
    int fold;
};

/// The pictures of an evaluation and whose they are.
struct Samples {
    std::vector<std::string> paths;       ///< relative to the folder of pictures
    std::vector<std::uint32_t> subjects;  ///< a number for each path; equal for one person
};

/// What a verification compares.
struct PairList {
    Samples samples;
    std::vector<PairEntry> pairs;
};

/// Pairs out of a CSV file with the columns path_a, path_b, same (1 or 0) and perhaps fold, or out
/// of LFW's own pairs.txt, whose folders are its subjects. Else pictures that mated pairs join are
/// of one; without folds, pairs go round ten of them. The error is for the operator.
tl::expected<PairList, std::string> read_pairs(const std::filesystem::path& file);

/// All pairs that can be made of the pictures of a CSV file with the columns path and subject, in
/// one fold: so few of them are mated that the share of right decisions says nothing. The error is
/// for the operator.
tl::expected<PairList, std::string> read_subjects(const std::filesystem::path& file);

/// Either of these, by the columns that the file has.
tl::expected<PairList, std::string> read_pairs_or_subjects(const std::filesystem::path& file);

/// The part that a sample plays in an identification.
enum class Part { gallery, probe };

/// What an identification searches for, and where.
struct SearchList {
    Samples samples;
    std::vector<Part> parts;  ///< one for each sample
};

/// A CSV file with the columns path, subject and set (gallery or probe). A probe whose subject has
/// no reference in the gallery is a non-mated one. The error is for the operator.
tl::expected<SearchList, std::string> read_search(const std::filesystem::path& file);

/// A medium and what it shows.
struct Presentation {
    std::string path;
    std::string instrument;  ///< of the attack (ISO/IEC 30107-3); empty: bona fide
    std::uint32_t subject;   ///< a number for whose face is shown
};

/// A CSV file with the columns path, label (bonafide or attack), pai, the attack instrument, and
/// perhaps subject; without one, each medium is a subject's only one. The error is for the
/// operator.
tl::expected<std::vector<Presentation>, std::string> read_presentations(
    const std::filesystem::path& file);

}  // namespace faceward::evaluation
