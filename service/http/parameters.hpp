#pragma once

#include <tl/expected.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace faceward::http {

/// A header value with parameters, such as `form-data; name="a"; filename="b.jpg"` (RFC 2045 §5.1,
/// RFC 6266 §4.1).
class ParameterisedValue {
  public:
    /// The error, when the syntax is broken, a parameter is there twice, or there are more than 16,
    /// is a clause for the caller. Values may be quoted or not; what is not quoted reaches up to
    /// the next blank or ';', whatever its characters, because many clients forget the quotes. In
    /// quotes `\"` and `\\` are escapes, any other backslash is itself, as in the Windows paths of
    /// old browsers.
    static tl::expected<ParameterisedValue, std::string> parse(std::string_view text);

    /// What stands before the first ';': a view into the parsed text.
    std::string_view value() const { return value_; }

    /// The parameter of that name in any letter case, or null.
    const std::string* parameter(std::string_view name) const;

  private:
    std::string_view value_;
    std::vector<std::pair<std::string_view, std::string>> parameters_;
};

/// The text of an extended parameter such as `UTF-8'en'%e2%82%ac` (RFC 8187 §3.2) as UTF-8. Nothing
/// if it is malformed or in another character set than UTF-8 and ISO-8859-1.
std::optional<std::string> decode_extended(std::string_view value);

}  // namespace faceward::http
