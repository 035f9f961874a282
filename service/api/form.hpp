#pragma once

#include "service/api/error_table.hpp"
#include "service/http/message.hpp"
#include "service/http/multipart.hpp"

#include <tl/expected.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::api {

template <class T>
using Answer = tl::expected<T, ApiError>;

using Bytes = std::span<const std::uint8_t>;

/// What a part of a request is said to hold.
enum class PartKind { sample, face_template, medium, payload };

/// One of the many parts of a 1:N request.
struct NamedBytes {
    std::string_view filename;
    Bytes bytes;
};

/// A medium of a liveness request.
struct MediaPart {
    std::string key;       ///< the part's name
    std::string filename;  ///< its filename, or else its name
    Bytes bytes;
};

/// A multipart/form-data request as typed arguments; base64 is undone here. A part with an empty
/// Content-Type has none. Values are views into the request, which must outlive the form.
class Form {
  public:
    /// Refuses with `request_content_type` and `bad_request`.
    static Answer<Form> parse(const http::Request& request, std::size_t max_parts);

    /// The only part of that name. Refuses with `bad_request` when it is there twice,
    /// `part_content_type`, and `sample_unreadable` or `template_unreadable` when it is missing or
    /// its base64 is broken.
    Answer<Bytes> one(std::string_view name, PartKind kind);

    /// All parts of that name in the order of the request; each needs a filename (`bad_request`).
    /// None: as `one`.
    Answer<std::vector<NamedBytes>> many(std::string_view name, PartKind kind);

    /// All parts but `payload`, each under a name of its own. Refuses with `bad_request` when a
    /// name is there twice, `part_content_type`, and `sample_unreadable` when there is none or its
    /// base64 is broken.
    Answer<std::vector<MediaPart>> media();

    /// The text of the part `payload`, if there is one; it is never base64. Refuses with
    /// `bad_request` when it is there twice, and `part_content_type`.
    Answer<std::optional<std::string_view>> payload() const;

    /// Whether the request as a whole is base64, so that templates are answered in base64 too. A
    /// single part in base64 says how that part is written and nothing about the answer.
    bool base64() const { return base64_; }

  private:
    Answer<Bytes> content(const http::Part& part, PartKind kind);

    std::vector<http::Part> parts_;
    bool base64_ = false;
    std::deque<std::string> decoded_;  // a deque, because views into its strings are handed out
};

/// Whether a request's body is a form, by its Content-Type.
bool is_form(const http::Request& request);

/// The single picture of a request whose body is the picture. `decoded` keeps the bytes when they
/// came as base64; `types` is how a refusal names all Content-Types that the method takes. Refuses
/// with `request_content_type` and `sample_unreadable`.
Answer<Bytes> single_picture(const http::Request& request, std::string& decoded,
                             std::string_view types = "image/jpeg or image/png");

/// Whether the request's Content-Transfer-Encoding is base64. Refuses encodings other than that and
/// the identity ones of RFC 2045 (7bit, 8bit, binary) with `bad_request`.
Answer<bool> is_base64(std::string_view content_transfer_encoding);

}  // namespace faceward::api
