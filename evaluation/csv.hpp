#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::evaluation {

/// A CSV file (RFC 4180) with a header line.
struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  ///< each as long as `columns`

    /// The place of a column, or nothing.
    std::optional<std::size_t> column(std::string_view name) const;
};

/// Reads a CSV file that has at least the columns of `required`. The error is for the operator: it
/// names the file and, where there is one, the row.
tl::expected<Table, std::string> read_csv(const std::filesystem::path& file,
                                          const std::vector<std::string>& required);

}  // namespace faceward::evaluation
