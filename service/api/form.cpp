#include "service/api/form.hpp"

#include "service/http/base64.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <unordered_set>

namespace faceward::api {
namespace {

/// The media type of a Content-Type in lower case, without parameters (RFC 9110 §8.3.1).
std::string media_type(std::string_view content_type) {
    content_type = content_type.substr(0, content_type.find(';'));
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!content_type.empty() && blank(content_type.front())) content_type.remove_prefix(1);
    while (!content_type.empty() && blank(content_type.back())) content_type.remove_suffix(1);
    std::string lower(content_type);
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

bool is_picture_type(const std::string& type) {
    return type == "image/jpeg" || type == "image/jpg" || type == "image/png";
}

/// Types under which media come; what they are, their bytes decide. The published example labels a
/// video multipart/form-data.
bool is_medium_type(const std::string& type) {
    constexpr std::array archives{"application/zip",
                                  "application/x-zip-compressed",
                                  "application/x-zip",
                                  "application/x-tar",
                                  "application/tar",
                                  "application/gzip",
                                  "application/x-gzip",
                                  "application/x-gtar",
                                  "application/x-compressed-tar",
                                  "application/x-tgz",
                                  "application/x-bzip2",
                                  "application/x-bzip",
                                  "application/x-xz",
                                  "application/octet-stream",
                                  "multipart/form-data",
                                  "application/mp4",
                                  "application/x-matroska"};
    return type.starts_with("image/") || type.starts_with("video/") ||
           std::ranges::find(archives, type) != archives.end();
}

bool is_allowed(const std::string& type, PartKind kind) {
    switch (kind) {
        case PartKind::sample:
            return is_picture_type(type);
        case PartKind::face_template:
            return type == "application/octet-stream";
        case PartKind::medium:
            return is_medium_type(type);
        case PartKind::payload:
            break;
    }
    return type == "application/json" || type == "text/plain";
}

Refusal unreadable(PartKind kind) {
    return kind == PartKind::face_template ? Refusal::template_unreadable
                                           : Refusal::sample_unreadable;
}

tl::unexpected<ApiError> refuse(Refusal refusal, std::string reason) {
    return tl::make_unexpected(ApiError{refusal, std::move(reason)});
}

Bytes as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// How messages call a part: its name, and its filename where it has one.
std::string called(const http::Part& part) {
    return part.filename ? part.name + " \"" + std::string(*part.filename) + "\"" : part.name;
}

constexpr std::string_view payload_name = "payload";

}  // namespace

Answer<bool> is_base64(std::string_view content_transfer_encoding) {
    const std::string encoding = media_type(content_transfer_encoding);
    if (encoding == "base64") return true;
    if (encoding.empty() || encoding == "binary" || encoding == "8bit" || encoding == "7bit")
        return false;
    return refuse(Refusal::bad_request, "Content-Transfer-Encoding can be base64 or binary");
}

bool is_form(const http::Request& request) {
    return media_type(request.header("Content-Type")) == "multipart/form-data";
}

Answer<Bytes> single_picture(const http::Request& request, std::string& decoded,
                             std::string_view types) {
    if (!is_picture_type(media_type(request.header("Content-Type"))))
        return refuse(Refusal::request_content_type, std::string(types) + " is expected");
    const auto base64 = is_base64(request.header("Content-Transfer-Encoding"));
    if (!base64) return tl::make_unexpected(base64.error());
    if (!*base64) return as_bytes(request.body);
    auto bytes = http::from_base64(request.body);
    if (!bytes) return refuse(Refusal::sample_unreadable, bytes.error());
    decoded = std::move(*bytes);
    return as_bytes(decoded);
}

Answer<Form> Form::parse(const http::Request& request, std::size_t max_parts) {
    const std::string_view content_type = request.header("Content-Type");
    if (!is_form(request))
        return refuse(Refusal::request_content_type, "multipart/form-data is expected");
    const auto boundary = http::boundary_of(content_type);
    if (!boundary) return refuse(Refusal::request_content_type, boundary.error());
    const auto base64 = is_base64(request.header("Content-Transfer-Encoding"));
    if (!base64) return tl::make_unexpected(base64.error());
    auto parts = http::parse_multipart(request.body, *boundary, {.max_parts = max_parts});
    if (!parts) return refuse(Refusal::bad_request, parts.error());
    Form form;
    form.parts_ = std::move(*parts);
    form.base64_ = *base64;
    return form;
}

Answer<Bytes> Form::content(const http::Part& part, PartKind kind) {
    const std::string type = media_type(part.content_type.value_or(""));
    if (!type.empty() && !is_allowed(type, kind))
        return refuse(Refusal::part_content_type, called(part));
    const auto base64 = is_base64(part.transfer_encoding.value_or(""));
    if (!base64) return tl::make_unexpected(base64.error());
    if (!base64_ && !*base64) return as_bytes(part.body);
    auto bytes = http::from_base64(part.body);
    if (!bytes) return refuse(unreadable(kind), called(part) + ": " + bytes.error());
    return as_bytes(decoded_.emplace_back(std::move(*bytes)));
}

Answer<Bytes> Form::one(std::string_view name, PartKind kind) {
    const auto is_named = [&](const http::Part& part) { return part.name == name; };
    const auto part = std::ranges::find_if(parts_, is_named);
    if (part == parts_.end())
        return refuse(unreadable(kind), "the part " + std::string(name) + " is missing");
    if (std::find_if(std::next(part), parts_.end(), is_named) != parts_.end())
        return refuse(Refusal::bad_request, "the part " + std::string(name) + " is there twice");
    return content(*part, kind);
}

Answer<std::vector<NamedBytes>> Form::many(std::string_view name, PartKind kind) {
    std::vector<NamedBytes> all;
    for (const http::Part& part : parts_) {
        if (part.name != name) continue;
        if (!part.filename)
            return refuse(Refusal::bad_request, "a part " + std::string(name) + " has no filename");
        const auto bytes = content(part, kind);
        if (!bytes) return tl::make_unexpected(bytes.error());
        all.push_back({*part.filename, *bytes});
    }
    if (all.empty()) return refuse(unreadable(kind), "a part " + std::string(name) + " is missing");
    return all;
}

Answer<std::vector<MediaPart>> Form::media() {
    std::vector<MediaPart> all;
    std::unordered_set<std::string_view> names;
    for (const http::Part& part : parts_) {
        if (part.name == payload_name) continue;
        if (!names.insert(part.name).second)
            return refuse(Refusal::bad_request, "the part " + part.name + " is there twice");
        const auto bytes = content(part, PartKind::medium);
        if (!bytes) return tl::make_unexpected(bytes.error());
        all.push_back({part.name, part.filename.value_or(part.name), *bytes});
    }
    if (all.empty()) return refuse(unreadable(PartKind::medium), "there is no medium");
    return all;
}

Answer<std::optional<std::string_view>> Form::payload() const {
    std::optional<std::string_view> text;
    for (const http::Part& part : parts_) {
        if (part.name != payload_name) continue;
        if (text) return refuse(Refusal::bad_request, "the part payload is there twice");
        if (part.content_type && !is_allowed(media_type(*part.content_type), PartKind::payload))
            return refuse(Refusal::part_content_type, called(part));
        text = part.body;
    }
    return text;
}

}  // namespace faceward::api
