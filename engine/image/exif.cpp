#include "engine/image/exif.hpp"

#include <cstddef>
#include <optional>

namespace faceward::image {
namespace {

constexpr std::uint32_t orientation_tag = 0x0112;
constexpr std::uint32_t type_short = 3;
constexpr std::size_t entry_bytes = 12;

/// Numbers of a TIFF block in its byte order; nothing where they would lie outside.
class TiffReader {
  public:
    explicit TiffReader(std::span<const std::uint8_t> bytes)
        : bytes_(bytes), big_endian_(!bytes.empty() && bytes[0] == 'M') {}

    std::optional<std::uint32_t> u16(std::size_t offset) const { return number(offset, 2); }
    std::optional<std::uint32_t> u32(std::size_t offset) const { return number(offset, 4); }

  private:
    std::optional<std::uint32_t> number(std::size_t offset, std::size_t length) const {
        if (offset > bytes_.size() || bytes_.size() - offset < length) return std::nullopt;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < length; ++i) {
            value = value << 8 | bytes_[offset + (big_endian_ ? i : length - 1 - i)];
        }
        return value;
    }

    std::span<const std::uint8_t> bytes_;
    bool big_endian_;
};

bool has_tiff_header(std::span<const std::uint8_t> bytes) {
    return bytes.size() >= 2 && bytes[0] == bytes[1] && (bytes[0] == 'I' || bytes[0] == 'M') &&
           TiffReader(bytes).u16(2) == 42U;
}

}  // namespace

Orientation exif_orientation(std::span<const std::uint8_t> tiff) {
    if (!has_tiff_header(tiff)) return Orientation::top_left;
    const TiffReader reader(tiff);
    const std::size_t directory = reader.u32(4).value_or(0);
    const std::size_t entries = reader.u16(directory).value_or(0);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * entry_bytes;
        const auto tag = reader.u16(entry);
        if (!tag) break;
        if (*tag != orientation_tag || reader.u16(entry + 2) != type_short) continue;
        const std::uint32_t value = reader.u16(entry + 8).value_or(0);
        if (value >= 1 && value <= 8) return static_cast<Orientation>(value);
    }
    return Orientation::top_left;
}

}  // namespace faceward::image
