#include "evaluation/csv.hpp"

#include <csv.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace faceward::evaluation {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// What libcsv is given back with each call: the rows so far, and the one that is being read.
struct Reading {
    Rows rows;
    std::vector<std::string> row;
};

void on_field(void* text, std::size_t length, void* reading) {
    static_cast<Reading*>(reading)->row.emplace_back(static_cast<const char*>(text), length);
}

void on_row(int /*end*/, void* opaque) {
    auto& reading = *static_cast<Reading*>(opaque);
    reading.rows.push_back(std::exchange(reading.row, {}));
}

tl::expected<Rows, std::string> parse(const std::string& text) {
    csv_parser parser{};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return tl::make_unexpected("out of memory");
    Reading reading;
    const bool whole =
        csv_parse(&parser, text.data(), text.size(), on_field, on_row, &reading) == text.size() &&
        csv_fini(&parser, on_field, on_row, &reading) == 0;
    const std::string why = csv_strerror(csv_error(&parser));
    csv_free(&parser);
    if (!whole)
        return tl::make_unexpected("row " + std::to_string(reading.rows.size() + 1) + ": " + why);
    return std::move(reading.rows);
}

}  // namespace

std::optional<std::size_t> Table::column(std::string_view name) const {
    const auto found = std::ranges::find(columns, name);
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

tl::expected<Table, std::string> read_csv(const std::filesystem::path& file,
                                          const std::vector<std::string>& required) {
    const auto complain = [&](const std::string& why) {
        return tl::make_unexpected(file.string() + ": " + why);
    };
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return complain("cannot be read");
    std::string text(std::istreambuf_iterator<char>(stream), {});
    // Spreadsheets begin UTF-8 with a byte order mark.
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark)) text.erase(0, mark.size());
    auto rows = parse(text);
    if (!rows) return complain(rows.error());
    if (rows->empty()) return complain("is empty");
    Table table;
    table.columns = std::move(rows->front());
    table.rows.assign(std::make_move_iterator(rows->begin() + 1),
                      std::make_move_iterator(rows->end()));
    for (const std::string& name : required)
        if (!table.column(name)) return complain("has no column \"" + name + "\"");
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        if (table.rows[i].size() != table.columns.size())
            return complain("row " + std::to_string(i + 2) + " has " +
                            std::to_string(table.rows[i].size()) + " fields instead of " +
                            std::to_string(table.columns.size()));
    return table;
}

}  // namespace faceward::evaluation
