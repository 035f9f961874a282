#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::http {

/// One part of a multipart/form-data body. Views point into the body.
struct Part {
    std::string name;  ///< with its escapes undone
    std::optional<std::string>
        filename;  ///< likewise; `filename*` goes before `filename` (RFC 6266 §4.3)
    std::optional<std::string_view> content_type;       ///< as sent, parameters included
    std::optional<std::string_view> transfer_encoding;  ///< Content-Transfer-Encoding as sent
    std::string_view body;
};

struct MultipartLimits {
    std::size_t max_parts = 1000;
    std::size_t max_part_header_bytes = 8192;  ///< of each part
};

/// The boundary that a multipart Content-Type names, quotes undone. The error, when there is none,
/// there are two, or it is longer than the 70 characters of RFC 2046 §5.1.1, is a clause for the
/// caller.
tl::expected<std::string, std::string> boundary_of(std::string_view content_type);

/// Splits a multipart/form-data body (RFC 7578, RFC 2046 §5.1); linear in its size. The delimiter
/// is "--" and the boundary, also when the boundary itself begins with hyphens. Preamble and
/// epilogue are skipped; part headers may be in any order and case, folded, and unknown ones are
/// ignored. Of the percent-encodings that browsers write in names only %22, the quote, is undone:
/// they leave '%' as it is, so no other can be told from the text itself.
///
/// Lines end in CRLF and nothing else: if a bare LF counted, binary contents could hold delimiters
/// by chance. A delimiter must be a whole line; a longer line that begins like one is content.
///
/// The protocol's published examples have the boundary itself, hyphens and all, as the delimiter,
/// also as the closing one. So are read those bodies that cannot be meant otherwise: the boundary
/// begins with "--", and nowhere in the body does it follow a further "--". The body must then end
/// with the last delimiter, so that a cut-off one is noticed.
///
/// The error is a clause for the caller: a body that does not follow the boundary or is never
/// closed, a part without name or with a known header twice, broken header syntax, a limit passed.
tl::expected<std::vector<Part>, std::string> parse_multipart(std::string_view body,
                                                             std::string_view boundary,
                                                             const MultipartLimits& limits = {});

}  // namespace faceward::http
