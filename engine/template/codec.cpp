#include "engine/template/codec.hpp"

#include "engine/template/kernels.hpp"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <concepts>
#include <limits>

namespace faceward::templates {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::array<std::uint8_t, 4> magic{'F', 'W', 'F', 'T'};
constexpr std::uint8_t format_version = 1;
constexpr std::uint8_t element_binary16 = 1;

constexpr std::size_t version_at = 4;
constexpr std::size_t element_type_at = 5;
constexpr std::size_t dimension_at = 6;
constexpr std::size_t identity_at = 8;
constexpr std::size_t label_at = 24;
constexpr std::size_t label_size = 32;
constexpr std::size_t elements_at = label_at + label_size;
constexpr std::size_t checksum_size = 4;

constexpr std::size_t size_with(std::size_t dimension) {
    return elements_at + dimension * sizeof(Half) + checksum_size;
}

template <std::unsigned_integral T>
void put(std::span<std::uint8_t> bytes, std::size_t at, T number) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
        bytes[at + i] = static_cast<std::uint8_t>(number >> 8 * i);
}

template <std::unsigned_integral T>
T get(Bytes bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) number |= std::uint32_t{bytes[at + i]} << 8 * i;
    return static_cast<T>(number);
}

std::uint32_t checksum(Bytes bytes) {
    return static_cast<std::uint32_t>(crc32_z(0, bytes.data(), bytes.size()));
}

/// A label with all but printable ASCII replaced: it comes from outside and goes into messages and
/// logs.
std::string printable(std::string label) {
    label.resize(std::min({label.find('\0'), label.size(), label_size - 1}));
    std::ranges::replace_if(label, [](char c) { return c < ' ' || c > '~'; }, '?');
    return label;
}

tl::unexpected<Error> unreadable(std::string reason) {
    return fail(Fault::template_unreadable, std::move(reason));
}

tl::unexpected<Error> unknown(const std::string& what, int found, int known) {
    return unreadable(what + " " + std::to_string(found) + " is not known to this server (" +
                      std::to_string(known) + " is)");
}

/// Checks that all bytes of a template are there, and as they were written.
Result<void> check_bytes(Bytes bytes) {
    if (bytes.empty()) return unreadable("empty");
    if (bytes.size() <= version_at || !std::equal(magic.begin(), magic.end(), bytes.begin()))
        return unreadable("not a template");
    if (bytes[version_at] != format_version)
        return unknown("format version", bytes[version_at], format_version);

    const std::string size = std::to_string(bytes.size());
    if (bytes.size() < size_with(0))
        return unreadable("truncated: " + size + " bytes, less than any template");
    if (bytes[element_type_at] != element_binary16)
        return unknown("element type", bytes[element_type_at], element_binary16);
    const std::size_t whole = size_with(get<std::uint16_t>(bytes, dimension_at));
    if (bytes.size() < whole)
        return unreadable("truncated: " + size + " of " + std::to_string(whole) + " bytes");
    if (bytes.size() > whole)
        return unreadable("too long: " + size + " bytes, not " + std::to_string(whole));

    const Bytes covered = bytes.first(whole - checksum_size);
    if (get<std::uint32_t>(bytes, covered.size()) != checksum(covered))
        return unreadable("checksum does not hold");
    return {};
}

/// Checks that a whole template is comparable with this server's.
Result<void> check_maker(Bytes bytes, const Maker& expected, std::size_t dimension) {
    if (!std::ranges::equal(bytes.subspan(identity_at, expected.identity.size()),
                            expected.identity)) {
        const Bytes label = bytes.subspan(label_at, label_size);
        const std::string theirs = printable({label.begin(), label.end()});
        const std::string ours = printable(expected.label);
        if (theirs == ours) return unreadable("made by another build of model " + ours);
        return unreadable("made by model " + theirs + ", this server uses " + ours);
    }
    const std::size_t found = get<std::uint16_t>(bytes, dimension_at);
    if (found != dimension)
        return unreadable("damaged: " + std::to_string(found) + " elements, not " +
                          std::to_string(dimension));
    return {};
}

/// Rounding changes the squared length by less than 1e-3; infinity and NaN are not near 1 either.
bool is_unit_vector(std::span<const Half> elements) {
    return std::abs(dot(elements, elements) - 1) < 2e-3F;
}

}  // namespace

Template make(std::span<const float> unit_vector) {
    assert(unit_vector.size() <= std::numeric_limits<std::uint16_t>::max());
    std::vector<Half> elements(unit_vector.size());
    std::ranges::transform(unit_vector, elements.begin(), to_half);
    return Template(std::move(elements));
}

std::vector<std::uint8_t> encode(const Template& face_template, const Maker& maker) {
    const std::span<const Half> elements = face_template.elements();
    std::vector<std::uint8_t> bytes(size_with(elements.size()));
    std::ranges::copy(magic, bytes.begin());
    bytes[version_at] = format_version;
    bytes[element_type_at] = element_binary16;
    put(bytes, dimension_at, static_cast<std::uint16_t>(elements.size()));
    std::ranges::copy(maker.identity, &bytes[identity_at]);
    std::ranges::copy(maker.label.substr(0, label_size - 1), &bytes[label_at]);
    for (std::size_t i = 0; i < elements.size(); ++i)
        put(bytes, elements_at + i * sizeof(Half), elements[i]);
    const std::size_t covered = bytes.size() - checksum_size;
    put(bytes, covered, checksum(Bytes(bytes).first(covered)));
    return bytes;
}

Result<Template> decode(std::span<const std::uint8_t> bytes, const Maker& expected,
                        std::size_t dimension) {
    if (auto checked = check_bytes(bytes); !checked) return tl::make_unexpected(checked.error());
    if (auto checked = check_maker(bytes, expected, dimension); !checked)
        return tl::make_unexpected(checked.error());
    std::vector<Half> elements(dimension);
    for (std::size_t i = 0; i < dimension; ++i)
        elements[i] = get<Half>(bytes, elements_at + i * sizeof(Half));
    if (!is_unit_vector(elements)) return unreadable("damaged: not a vector of unit length");
    return Template(std::move(elements));
}

}  // namespace faceward::templates
