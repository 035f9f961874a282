#include "service/http/multipart.hpp"

#include "service/http/ascii.hpp"
#include "service/http/parameters.hpp"

#include <cstring>

namespace faceward::http {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t max_boundary_length = 70;

tl::unexpected<std::string> malformed(std::string why) {
    return tl::make_unexpected(std::move(why));
}

/// A delimiter line: where the line end before it begins, and where the line after it begins.
struct Delimiter {
    std::size_t begin;
    std::size_t end;
    bool closing;
};

/// How a body writes its delimiters.
struct Marking {
    std::string mark;          ///< CRLF and what the line begins with
    bool last_closes = false;  ///< the delimiter at the body's end needs no hyphens to close
};

/// Where `text` occurs first at or behind `from`. By memmem and not string_view::find, whose time
/// is the product of both lengths for hostile texts.
std::optional<std::size_t> find_text(std::string_view body, std::size_t from,
                                     std::string_view text) {
    // An empty body may be a null pointer, which memmem does not take.
    if (body.size() - from < text.size()) return std::nullopt;
    const void* hit = ::memmem(body.data() + from, body.size() - from, text.data(), text.size());
    if (hit == nullptr) return std::nullopt;
    return static_cast<std::size_t>(static_cast<const char*>(hit) - body.data());
}

Marking marking_of(std::string_view body, const std::string& boundary) {
    const std::string dashed = "--" + boundary;
    if (boundary.starts_with("--") && !find_text(body, 0, dashed)) return {"\r\n" + boundary, true};
    return {"\r\n" + dashed, false};
}

/// The delimiter whose boundary ends at `after_boundary`, if the rest of that line makes it one.
std::optional<Delimiter> delimiter_line(std::string_view body, std::size_t begin,
                                        std::size_t after_boundary, bool last_closes) {
    std::string_view rest = body.substr(after_boundary);
    const bool hyphens = skip(rest, "--");
    skip_any(rest, " \t");
    const bool ends_body = rest.find_first_not_of(" \t\r\n") == std::string_view::npos;
    const bool closing = hyphens || (last_closes && ends_body);
    if (!skip(rest, line_end) && !(closing && rest.empty())) return std::nullopt;
    return Delimiter{begin, body.size() - rest.size(), closing};
}

/// The first delimiter that begins at or behind `from`.
std::optional<Delimiter> find_delimiter(std::string_view body, std::size_t from,
                                        const Marking& marking) {
    while (const auto begin = find_text(body, from, marking.mark)) {
        const std::size_t after = *begin + marking.mark.size();
        if (const auto found = delimiter_line(body, *begin, after, marking.last_closes))
            return found;
        from = *begin + line_end.size();
    }
    return std::nullopt;
}

std::optional<Delimiter> find_first_delimiter(std::string_view body, const Marking& marking) {
    const std::string_view at_start = std::string_view(marking.mark).substr(line_end.size());
    if (body.starts_with(at_start))
        if (const auto found = delimiter_line(body, 0, at_start.size(), marking.last_closes))
            return found;
    return find_delimiter(body, 0, marking);
}

/// Consumes a part's headers and the empty line after them.
std::optional<std::string_view> take_header_block(std::string_view& text, std::size_t max_bytes) {
    if (skip(text, line_end)) return std::string_view();
    const std::size_t end = text.substr(0, max_bytes).find("\r\n\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view block = text.substr(0, end + line_end.size());
    text.remove_prefix(end + 2 * line_end.size());
    return block;
}

/// Consumes a header with the lines folded into it, and its line end.
std::string_view take_header(std::string_view& block) {
    std::size_t end = block.find(line_end);
    while (end + 2 < block.size() && (block[end + 2] == ' ' || block[end + 2] == '\t'))
        end = block.find(line_end, end + 2);
    const std::string_view header = block.substr(0, end);
    block.remove_prefix(end + line_end.size());
    return header;
}

/// Whether a header holds a control character other than tabs and the line ends of folding.
bool has_control_characters(std::string_view header) {
    const auto is_control = [](char c) {
        return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7F';
    };
    while (true) {
        const std::size_t fold = header.find(line_end);
        if (std::ranges::any_of(header.substr(0, fold), is_control)) return true;
        if (fold == std::string_view::npos) return false;
        header.remove_prefix(fold + line_end.size());
    }
}

std::string without_percent_quotes(std::string_view text) {
    constexpr std::string_view encoded = "%22";
    std::string plain;
    plain.reserve(text.size());
    while (true) {
        const std::size_t at = text.find(encoded);
        plain += text.substr(0, at);
        if (at == std::string_view::npos) return plain;
        plain += '"';
        text.remove_prefix(at + encoded.size());
    }
}

std::optional<std::string> filename_of(const ParameterisedValue& disposition) {
    if (const std::string* extended = disposition.parameter("filename*"))
        if (auto decoded = decode_extended(*extended)) return decoded;
    const std::string* plain = disposition.parameter("filename");
    if (plain == nullptr) return std::nullopt;
    return without_percent_quotes(*plain);
}

/// Reads `form-data; name="…"; filename="…"` (RFC 7578 §4.2).
tl::expected<void, std::string> read_disposition(std::string_view value, Part& part) {
    const auto disposition = ParameterisedValue::parse(value);
    if (!disposition) return malformed("in the header of a part, " + disposition.error());
    if (!equal_ignoring_case(disposition->value(), "form-data"))
        return malformed("a part is no form-data");
    const std::string* name = disposition->parameter("name");
    if (name == nullptr) return malformed("a part has no name");
    part.name = without_percent_quotes(*name);
    part.filename = filename_of(*disposition);
    return {};
}

tl::expected<Part, std::string> read_headers(std::string_view block) {
    Part part;
    std::optional<std::string_view> disposition;
    while (!block.empty()) {
        const std::string_view header = take_header(block);
        const std::size_t colon = header.find(':');
        if (colon == std::string_view::npos || has_control_characters(header))
            return malformed("a part has a line among its headers that is none");
        const std::string_view name = trim(header.substr(0, colon));
        const std::string_view value = trim(header.substr(colon + 1));
        for (const auto& [known, place] :
             {std::pair{"Content-Disposition", &disposition},
              std::pair{"Content-Type", &part.content_type},
              std::pair{"Content-Transfer-Encoding", &part.transfer_encoding}}) {
            if (!equal_ignoring_case(name, known)) continue;
            if (place->has_value()) return malformed("a part has " + std::string(name) + " twice");
            *place = value;
        }
    }
    if (!disposition) return malformed("a part has no Content-Disposition");
    return read_disposition(*disposition, part).map([&] { return std::move(part); });
}

}  // namespace

tl::expected<std::string, std::string> boundary_of(std::string_view content_type) {
    const auto parsed = ParameterisedValue::parse(content_type);
    if (!parsed) return tl::make_unexpected(parsed.error());
    const std::string* boundary = parsed->parameter("boundary");
    if (boundary == nullptr || boundary->empty()) return malformed("the boundary is missing");
    if (boundary->size() > max_boundary_length)
        return malformed("the boundary is longer than 70 characters");
    return *boundary;
}

tl::expected<std::vector<Part>, std::string> parse_multipart(std::string_view body,
                                                             std::string_view boundary,
                                                             const MultipartLimits& limits) {
    const Marking marking = marking_of(body, std::string(boundary));
    auto delimiter = find_first_delimiter(body, marking);
    if (!delimiter) return malformed("the boundary does not occur in the body");

    std::vector<Part> parts;
    while (!delimiter->closing) {
        if (parts.size() == limits.max_parts) return malformed("there are too many parts");
        std::string_view rest = body.substr(delimiter->end);
        const auto block = take_header_block(rest, limits.max_part_header_bytes);
        if (!block) return malformed("the headers of a part do not end or are too long");
        auto part = read_headers(*block);
        if (!part) return malformed(std::move(part.error()));

        const std::size_t content = body.size() - rest.size();
        // The empty line may be the one that belongs to the next delimiter: then there is no
        // content at all.
        delimiter = find_delimiter(body, content - line_end.size(), marking);
        if (!delimiter) return malformed("the last part is not closed by the boundary");
        part->body = body.substr(content, std::max(delimiter->begin, content) - content);
        parts.push_back(std::move(*part));
    }
    return parts;
}

}  // namespace faceward::http
