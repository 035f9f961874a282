#include "engine/image/codec.hpp"
#include "engine/image/exif.hpp"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <vector>

// clang-format off: each needs the one above it
#include <cstdio>
#include <jpeglib.h>
#include <jerror.h>
// clang-format on

namespace faceward::image {
namespace {

constexpr int app1 = JPEG_APP0 + 1;
constexpr unsigned longest_marker = 0xFFFF;

/// Plain words for libjpeg's message, whose own text is not meant for callers.
const char* plain_reason(int message) {
    switch (message) {
        case JWRN_JPEG_EOF:
        case JWRN_HIT_MARKER:
        case JERR_INPUT_EOF:
        case JERR_SOF_NO_SOS:
        case JERR_NO_IMAGE:
            return "truncated";
        case JERR_BAD_PRECISION:
            return "only JPEG with 8 bits a sample is supported";
        case JERR_SOF_UNSUPPORTED:
            return "lossless and hierarchical JPEG are not supported";
        case JERR_IMAGE_TOO_BIG:
            return "a side is longer than 65500 pixels";
        case JERR_EMPTY_IMAGE:
            return "no pixels";
        case JERR_CONVERSION_NOTIMPL:
            return "unsupported colour space";
        case JERR_OUT_OF_MEMORY:
            return "too large";
        default:
            return "damaged JPEG data";
    }
}

/// Warnings after which every pixel is still what the encoder meant.
bool harmless(int warning) {
    constexpr std::array warnings{JWRN_ADOBE_XFORM, JWRN_BOGUS_ICC, JWRN_EXTRANEOUS_DATA,
                                  JWRN_JFIF_MAJOR, JWRN_NOT_SEQUENTIAL};
    return std::ranges::find(warnings, warning) != warnings.end();
}

/// What the C callbacks share with the decompressor, through libjpeg's `client_data`.
struct Watch {
    std::int64_t max_scans;
    const char* reason = "";
    std::jmp_buf escape{};
};

Watch& watch(j_common_ptr info) { return *static_cast<Watch*>(info->client_data); }

[[noreturn]] void give_up(j_common_ptr info, const char* reason) {
    watch(info).reason = reason;
    std::longjmp(watch(info).escape, 1);
}

/// libjpeg expects this not to return.
void on_error(j_common_ptr info) { give_up(info, plain_reason(info->err->msg_code)); }

void on_message(j_common_ptr info, int level) {
    const bool warning = level < 0;
    if (warning && !harmless(info->err->msg_code)) on_error(info);
}

void on_progress(j_common_ptr info) {
    const int scan = reinterpret_cast<j_decompress_ptr>(info)->input_scan_number;
    if (scan > watch(info).max_scans) give_up(info, "too many progressive scans");
}

/// A libjpeg decompressor; all calls into the library go through `attempt`.
class Decompressor {
  public:
    explicit Decompressor(std::int64_t max_scans) : watch_{max_scans} {
        info_.err = jpeg_std_error(&errors_);
        info_.client_data = &watch_;
        errors_.error_exit = on_error;
        errors_.emit_message = on_message;
        progress_.progress_monitor = on_progress;
    }
    ~Decompressor() { jpeg_destroy_decompress(&info_); }
    Decompressor(const Decompressor&) = delete;
    Decompressor(Decompressor&&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;
    Decompressor& operator=(Decompressor&&) = delete;

    /// Runs `calls(info)`; an error in libjpeg jumps out of it, so it must not create anything that
    /// has a destructor.
    template <class Calls>
    Result<void> attempt(const Calls& calls) {
        if (setjmp(watch_.escape) != 0) return fail(Fault::picture_unreadable, watch_.reason);
        calls(info_);
        return {};
    }

    Result<void> read_header(std::span<const std::uint8_t> bytes) {
        return attempt([&](jpeg_decompress_struct& info) {
            jpeg_create_decompress(&info);
            info.progress = &progress_;
            jpeg_mem_src(&info, bytes.data(), bytes.size());
            jpeg_save_markers(&info, app1, longest_marker);
            jpeg_read_header(&info, TRUE);
        });
    }

    const jpeg_decompress_struct& info() const { return info_; }

  private:
    jpeg_decompress_struct info_{};
    jpeg_error_mgr errors_{};
    jpeg_progress_mgr progress_{};
    Watch watch_;
};

Result<void> read_bgr(Decompressor& decompressor, Picture& picture) {
    return decompressor.attempt([&](jpeg_decompress_struct& info) {
        info.out_color_space = JCS_EXT_BGR;
        jpeg_start_decompress(&info);
        while (info.output_scanline < info.output_height) {
            JSAMPROW row = picture.row(static_cast<int>(info.output_scanline));
            jpeg_read_scanlines(&info, &row, 1);
        }
        jpeg_finish_decompress(&info);
    });
}

/// `inverted`: 255 is no ink, as Adobe's applications store it; they leave their marker in the
/// file.
void cmyk_to_bgr(const std::vector<JSAMPLE>& cmyk, bool inverted, std::uint8_t* bgr) {
    const unsigned flip = inverted ? 0 : 255;
    for (std::size_t i = 0; i < cmyk.size(); i += 4, bgr += 3) {
        const unsigned black = cmyk[i + 3] ^ flip;
        for (std::size_t c = 0; c < 3; ++c) {
            bgr[c] = static_cast<std::uint8_t>(((cmyk[i + 2 - c] ^ flip) * black + 127) / 255);
        }
    }
}

/// CMYK, and YCCK, which libjpeg turns to CMYK.
Result<void> read_cmyk(Decompressor& decompressor, Picture& picture) {
    std::vector<JSAMPLE> cmyk(std::size_t{4} * decompressor.info().image_width);
    return decompressor.attempt([&](jpeg_decompress_struct& info) {
        info.out_color_space = JCS_CMYK;
        jpeg_start_decompress(&info);
        while (info.output_scanline < info.output_height) {
            std::uint8_t* target = picture.row(static_cast<int>(info.output_scanline));
            JSAMPROW row = cmyk.data();
            jpeg_read_scanlines(&info, &row, 1);
            cmyk_to_bgr(cmyk, info.saw_Adobe_marker != FALSE, target);
        }
        jpeg_finish_decompress(&info);
    });
}

/// From the first APP1 marker that holds EXIF; another holds XMP.
Orientation orientation(const jpeg_decompress_struct& info) {
    constexpr std::array<std::uint8_t, 6> prefix{'E', 'x', 'i', 'f', 0, 0};
    for (const auto* marker = info.marker_list; marker != nullptr; marker = marker->next) {
        const std::span<const std::uint8_t> data(marker->data, marker->data_length);
        if (data.size() >= prefix.size() &&
            std::equal(prefix.begin(), prefix.end(), data.begin())) {
            return exif_orientation(data.subspan(prefix.size()));
        }
    }
    return Orientation::top_left;
}

}  // namespace

Result<StoredPicture> decode_jpeg(std::span<const std::uint8_t> bytes, const DecodeLimits& limits,
                                  Room room) {
    Decompressor decompressor(limits.max_progressive_scans);
    if (auto header = decompressor.read_header(bytes); !header) {
        return tl::make_unexpected(header.error());
    }
    const auto& info = decompressor.info();
    const auto size = admit(info.image_width, info.image_height, limits);
    if (!size) return tl::make_unexpected(size.error());

    StoredPicture stored{Picture(*size, room), orientation(info)};
    const auto read = info.num_components == 4 ? read_cmyk : read_bgr;
    if (auto pixels = read(decompressor, stored.picture); !pixels) {
        return tl::make_unexpected(pixels.error());
    }
    return stored;
}

}  // namespace faceward::image
