#include "evaluation/lists.hpp"

#include "evaluation/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

namespace faceward::evaluation {
namespace {

constexpr int folds = 10;

/// Numbers things in the order in which they come.
class Numbering {
  public:
    std::uint32_t of(const std::string& name) {
        return numbers_.try_emplace(name, static_cast<std::uint32_t>(numbers_.size()))
            .first->second;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> names(numbers_.size());
        for (const auto& [name, number] : numbers_) names[number] = name;
        return names;
    }

  private:
    std::map<std::string, std::uint32_t> numbers_;
};

/// For each sample the first one that mated pairs join it with: a union-find forest, flattened.
std::vector<std::uint32_t> joined_by(const std::vector<PairEntry>& pairs, std::size_t samples) {
    std::vector<std::uint32_t> parent(samples);
    std::iota(parent.begin(), parent.end(), 0U);
    const auto root = [&](std::uint32_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    for (const PairEntry& pair : pairs)
        if (pair.mated) {
            const std::uint32_t a = root(pair.a);
            const std::uint32_t b = root(pair.b);
            parent[std::max(a, b)] = std::min(a, b);
        }
    for (std::uint32_t i = 0; i < samples; ++i) parent[i] = root(i);
    return parent;
}

std::optional<int> whole_number(const std::string& text) {
    int number = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc() || stopped != end) return std::nullopt;
    return number;
}

/// An error where a path is listed twice: what is compared with itself, or counted twice, tells
/// rates that are not.
tl::expected<void, std::string> each_once(const std::filesystem::path& file, const Table& table) {
    const std::size_t path = *table.column("path");
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        if (!seen.insert(table.rows[i][path]).second)
            return tl::make_unexpected(fmt::format("{}: row {}: \"{}\" is listed twice",
                                                   file.string(), i + 2, table.rows[i][path]));
    return {};
}

PairList finish(const Numbering& numbering, std::vector<PairEntry> pairs) {
    PairList list{{numbering.names(), {}}, std::move(pairs)};
    list.samples.subjects = joined_by(list.pairs, list.samples.paths.size());
    return list;
}

bool is_lfw(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return !line.empty() && line.find_first_not_of("0123456789\t \r") == std::string::npos;
}

/// LFW's pairs.txt: "10 300", then for each of 10 folds 300 lines "name i j" and 300 lines
/// "name i name j" (Huang et al., Labeled Faces in the Wild, 2007).
tl::expected<PairList, std::string> read_lfw(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    std::istringstream header(line);
    int sets = 0;
    int per_fold = 0;
    if (!(header >> sets >> per_fold)) {
        per_fold = sets;
        sets = 1;
    }
    Numbering numbering;
    std::vector<PairEntry> pairs;
    const auto picture = [&](const std::string& name, int number) {
        return numbering.of(fmt::format("{0}/{0}_{1:04}.jpg", name, number));
    };
    while (std::getline(stream, line)) {
        std::istringstream words(line);
        std::vector<std::string> fields;
        for (std::string word; words >> word;) fields.push_back(word);
        if (fields.empty()) continue;
        const auto number = [&](std::size_t i) { return std::atoi(fields[i].c_str()); };
        const int fold = per_fold > 0 ? static_cast<int>(pairs.size()) / (2 * per_fold) : 0;
        if (fields.size() == 3)
            pairs.push_back(
                {picture(fields[0], number(1)), picture(fields[0], number(2)), true, fold});
        else if (fields.size() == 4)
            pairs.push_back(
                {picture(fields[0], number(1)), picture(fields[2], number(3)), false, fold});
        else
            return tl::make_unexpected(file.string() + ": \"" + line + "\" is no pair of LFW's");
    }
    if (pairs.empty()) return tl::make_unexpected(file.string() + ": holds no pairs");
    PairList list{{numbering.names(), {}}, std::move(pairs)};
    Numbering people;
    for (const std::filesystem::path path : list.samples.paths)
        list.samples.subjects.push_back(people.of(path.parent_path().string()));
    return list;
}

}  // namespace

tl::expected<PairList, std::string> read_pairs(const std::filesystem::path& file) {
    if (is_lfw(file)) return read_lfw(file);
    const auto table = read_csv(file, {"path_a", "path_b", "same"});
    if (!table) return tl::make_unexpected(table.error());
    const std::size_t a = *table->column("path_a");
    const std::size_t b = *table->column("path_b");
    const std::size_t same = *table->column("same");
    const auto fold = table->column("fold");
    Numbering numbering;
    std::vector<PairEntry> pairs;
    for (const auto& row : table->rows) {
        if (row[same] != "0" && row[same] != "1")
            return tl::make_unexpected(fmt::format("{}: row {}: same is \"{}\", must be 0 or 1",
                                                   file.string(), pairs.size() + 2, row[same]));
        const auto in = fold ? whole_number(row[*fold]) : static_cast<int>(pairs.size()) % folds;
        if (!in)
            return tl::make_unexpected(
                fmt::format("{}: row {}: fold is \"{}\", must be a whole number", file.string(),
                            pairs.size() + 2, row[*fold]));
        pairs.push_back({numbering.of(row[a]), numbering.of(row[b]), row[same] == "1", *in});
    }
    if (pairs.empty()) return tl::make_unexpected(file.string() + ": holds no pairs");
    return finish(numbering, std::move(pairs));
}

tl::expected<PairList, std::string> read_subjects(const std::filesystem::path& file) {
    const auto table = read_csv(file, {"path", "subject"});
    if (!table) return tl::make_unexpected(table.error());
    if (auto once = each_once(file, *table); !once) return tl::make_unexpected(once.error());
    const std::size_t path = *table->column("path");
    const std::size_t subject = *table->column("subject");
    Numbering people;
    PairList list;
    for (const auto& row : table->rows) {
        list.samples.paths.push_back(row[path]);
        list.samples.subjects.push_back(people.of(row[subject]));
    }
    const auto& subjects = list.samples.subjects;
    const auto count = static_cast<std::uint32_t>(subjects.size());
    list.pairs.reserve(std::size_t{count} * (count > 0 ? count - 1 : 0) / 2);
    for (std::uint32_t a = 0; a < count; ++a)
        for (std::uint32_t b = a + 1; b < count; ++b)
            list.pairs.push_back({a, b, subjects[a] == subjects[b], 0});
    if (list.pairs.empty())
        return tl::make_unexpected(file.string() + ": holds fewer than two pictures");
    return list;
}

tl::expected<PairList, std::string> read_pairs_or_subjects(const std::filesystem::path& file) {
    const auto table = read_csv(file, {});
    return table && table->column("subject") ? read_subjects(file) : read_pairs(file);
}

tl::expected<SearchList, std::string> read_search(const std::filesystem::path& file) {
    const auto table = read_csv(file, {"path", "subject", "set"});
    if (!table) return tl::make_unexpected(table.error());
    if (auto once = each_once(file, *table); !once) return tl::make_unexpected(once.error());
    Numbering people;
    SearchList list;
    for (const auto& row : table->rows) {
        const std::string& set = row[*table->column("set")];
        if (set != "gallery" && set != "probe")
            return tl::make_unexpected(
                fmt::format("{}: row {}: set is \"{}\", must be gallery or probe", file.string(),
                            list.parts.size() + 2, set));
        list.samples.paths.push_back(row[*table->column("path")]);
        list.samples.subjects.push_back(people.of(row[*table->column("subject")]));
        list.parts.push_back(set == "gallery" ? Part::gallery : Part::probe);
    }
    for (const Part part : {Part::gallery, Part::probe})
        if (std::ranges::find(list.parts, part) == list.parts.end())
            return tl::make_unexpected(file.string() + ": holds no " +
                                       (part == Part::gallery ? "gallery" : "probes"));
    return list;
}

tl::expected<std::vector<Presentation>, std::string> read_presentations(
    const std::filesystem::path& file) {
    const auto table = read_csv(file, {"path", "label", "pai"});
    if (!table) return tl::make_unexpected(table.error());
    if (auto once = each_once(file, *table); !once) return tl::make_unexpected(once.error());
    const auto subject = table->column("subject");
    Numbering people;
    std::vector<Presentation> presentations;
    for (const auto& row : table->rows) {
        const std::string& label = row[*table->column("label")];
        const std::string& instrument = row[*table->column("pai")];
        if (label != "bonafide" && label != "attack")
            return tl::make_unexpected(
                fmt::format("{}: row {}: label is \"{}\", must be bonafide or attack",
                            file.string(), presentations.size() + 2, label));
        const std::string named = instrument.empty() ? "unnamed" : instrument;
        presentations.push_back({row[*table->column("path")], label == "bonafide" ? "" : named,
                                 subject ? people.of(row[*subject])
                                         : static_cast<std::uint32_t>(presentations.size())});
    }
    if (presentations.empty()) return tl::make_unexpected(file.string() + ": holds no media");
    return presentations;
}

}  // namespace faceward::evaluation
