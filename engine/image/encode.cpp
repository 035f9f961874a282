#include "engine/image/encode.hpp"

#include <algorithm>
#include <stdexcept>

// clang-format off: libjpeg's header needs the one above it
#include <cstdio>
#include <jpeglib.h>
// clang-format on

#include <cstdlib>
#include <cstring>
#include <memory>

namespace faceward::image {
namespace {

/// Our callers' frames hold no C objects, so that the exception may pass through the library, which
/// Debian builds with unwind tables.
[[noreturn]] void on_error(j_common_ptr) { throw std::runtime_error("libjpeg cannot encode"); }

}  // namespace

Result<std::vector<std::uint8_t>> encode_jpeg(PictureView picture, int quality) try {
    if (std::max(picture.size.width, picture.size.height) > JPEG_MAX_DIMENSION)
        return fail(Fault::medium_unreadable, "a side is longer than 65500 pixels");
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    errors.error_exit = on_error;
    jpeg_create_compress(&info);
    const std::unique_ptr<jpeg_compress_struct, decltype(&jpeg_destroy_compress)> owner(
        &info, &jpeg_destroy_compress);
    unsigned char* encoded = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &encoded, &size);
    info.image_width = static_cast<JDIMENSION>(picture.size.width);
    info.image_height = static_cast<JDIMENSION>(picture.size.height);
    info.input_components = 3;
    info.in_color_space = JCS_EXT_BGR;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(&info, TRUE);
    std::vector<JSAMPLE> row(std::size_t{3} * info.image_width);  // which libjpeg might change
    while (info.next_scanline < info.image_height) {
        std::memcpy(row.data(), picture.row(static_cast<int>(info.next_scanline)), row.size());
        JSAMPROW rows = row.data();
        jpeg_write_scanlines(&info, &rows, 1);
    }
    jpeg_finish_compress(&info);
    const std::unique_ptr<unsigned char, decltype(&std::free)> buffer(encoded, &std::free);
    return std::vector<std::uint8_t>(encoded, encoded + size);
} catch (const std::exception& error) {
    return fail(Fault::internal, error.what());
}

}  // namespace faceward::image
