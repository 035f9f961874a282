#include "engine/image/codec.hpp"
#include "engine/image/exif.hpp"

#include <spng.h>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace faceward::image {
namespace {

/// Text, colour profiles and the like, unpacked, all together. The pixels are not among them.
constexpr std::size_t metadata_limit = std::size_t{16} * 1024 * 1024;

struct FreeContext {
    void operator()(spng_ctx* context) const { spng_ctx_free(context); }
};
using Context = std::unique_ptr<spng_ctx, FreeContext>;

const char* plain_reason(int error) {
    switch (error) {
        case SPNG_IO_EOF:
        case SPNG_EOF:
        case SPNG_EIDAT_TOO_SHORT:
            return "truncated";
        case SPNG_ECHUNK_CRC:
            return "wrong checksum in PNG data";
        case SPNG_EMEM:
        case SPNG_ECHUNK_LIMITS:
            return "too much metadata in PNG";
        case SPNG_EOVERFLOW:
            return "too large";
        case SPNG_EWIDTH:
        case SPNG_EHEIGHT:
            return "no pixels";
        default:
            return "damaged PNG data";
    }
}

Result<void> checked(int error) {
    if (error != SPNG_OK) return fail(Fault::picture_unreadable, plain_reason(error));
    return {};
}

Result<void> read_opaque(spng_ctx* context, Picture& picture) {
    auto result =
        checked(spng_decode_image(context, picture.data(), picture.bytes(), SPNG_FMT_RGB8, 0));
    if (!result) return result;
    std::uint8_t* const end = picture.data() + picture.bytes();
    for (std::uint8_t* pixel = picture.data(); pixel != end; pixel += 3)
        std::swap(pixel[0], pixel[2]);
    return result;
}

Result<void> read_on_white(spng_ctx* context, Picture& picture) {
    std::vector<std::uint8_t> rgba(picture.bytes() / 3 * 4);
    auto result = checked(
        spng_decode_image(context, rgba.data(), rgba.size(), SPNG_FMT_RGBA8, SPNG_DECODE_TRNS));
    if (!result) return result;
    std::uint8_t* bgr = picture.data();
    for (std::size_t i = 0; i < rgba.size(); i += 4, bgr += 3) {
        const unsigned alpha = rgba[i + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            bgr[c] = static_cast<std::uint8_t>(
                (rgba[i + 2 - c] * alpha + 255 * (255 - alpha) + 127) / 255);
        }
    }
    return result;
}

Result<spng_ihdr> read_header(spng_ctx* context, std::span<const std::uint8_t> bytes) {
    if (context == nullptr) return fail(Fault::internal, "out of memory");
    // These two fail on null pointers only.
    spng_set_chunk_limits(context, metadata_limit, metadata_limit);
    spng_set_png_buffer(context, bytes.data(), bytes.size());
    spng_ihdr header{};
    return checked(spng_get_ihdr(context, &header)).map([&] { return header; });
}

/// An alpha channel or a tRNS chunk.
Result<bool> has_transparency(spng_ctx* context, const spng_ihdr& header) {
    if (header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA ||
        header.color_type == SPNG_COLOR_TYPE_TRUECOLOR_ALPHA) {
        return true;
    }
    spng_trns chunk{};
    const int error = spng_get_trns(context, &chunk);
    if (error == SPNG_ECHUNKAVAIL) return false;
    return checked(error).map([] { return true; });
}

/// Reads on to the end of the file, where eXIf may stand too.
Result<Orientation> read_trailer(spng_ctx* context) {
    const auto end = checked(spng_decode_chunks(context));
    if (!end) return tl::make_unexpected(end.error());
    spng_exif exif{};
    if (spng_get_exif(context, &exif) != SPNG_OK) return Orientation::top_left;
    return exif_orientation({reinterpret_cast<const std::uint8_t*>(exif.data), exif.length});
}

}  // namespace

Result<StoredPicture> decode_png(std::span<const std::uint8_t> bytes, const DecodeLimits& limits,
                                 Room room) {
    const Context context(spng_ctx_new(0));
    const auto header = read_header(context.get(), bytes);
    if (!header) return tl::make_unexpected(header.error());
    const auto size = admit(header->width, header->height, limits);
    if (!size) return tl::make_unexpected(size.error());
    const auto transparent = has_transparency(context.get(), *header);
    if (!transparent) return tl::make_unexpected(transparent.error());

    Picture picture(*size, room);
    const auto read_pixels = *transparent ? read_on_white : read_opaque;
    return read_pixels(context.get(), picture)
        .and_then([&] { return read_trailer(context.get()); })
        .map([&](Orientation orientation) {
            return StoredPicture{std::move(picture), orientation};
        });
}

}  // namespace faceward::image
