#include "engine/image/samples.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace faceward::image::samples {
namespace {

/// Every AC coefficient of every component in a scan of its own.
std::vector<jpeg_scan_info> many_scans() {
    std::vector<jpeg_scan_info> scans{{3, {0, 1, 2}, 0, 0, 0, 0}};
    for (int component = 0; component < 3; ++component) {
        for (int k = 1; k < DCTSIZE2; ++k) scans.push_back({1, {component}, k, k, 0, 0});
    }
    return scans;
}

void configure(jpeg_compress_struct& info, const JpegOptions& options,
               const std::vector<jpeg_scan_info>& scans) {
    jpeg_set_defaults(&info);
    jpeg_set_colorspace(&info, options.stored);
    jpeg_set_quality(&info, 95, TRUE);
    info.write_Adobe_marker = options.adobe_marker ? TRUE : FALSE;
    info.arith_code = options.arithmetic ? TRUE : FALSE;
    info.comp_info[0].h_samp_factor = options.horizontal_factor;
    info.comp_info[0].v_samp_factor = options.vertical_factor;
    if (options.progressive) jpeg_simple_progression(&info);
    if (options.one_scan_per_coefficient) {
        info.scan_info = scans.data();
        info.num_scans = static_cast<int>(scans.size());
    }
}

void require(int spng_error) {
    if (spng_error != SPNG_OK) throw std::runtime_error(spng_strerror(spng_error));
}

}  // namespace

std::array<Colour, 4> middles(PictureView picture) {
    const auto [width, height] = picture.size;
    const auto at = [&](int x, int y) {
        const std::uint8_t* pixel = picture.row(y) + std::ptrdiff_t{3} * x;
        return Colour{pixel[0], pixel[1], pixel[2]};
    };
    const int right = width * 3 / 4;
    const int bottom = height * 3 / 4;
    return {at(width / 4, height / 4), at(right, height / 4), at(width / 4, bottom),
            at(right, bottom)};
}

Bytes quartered(Size size, const std::array<std::vector<std::uint8_t>, 4>& colours) {
    Bytes samples;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const std::size_t quarter =
                (2 * y >= size.height ? 2U : 0U) + (2 * x >= size.width ? 1U : 0U);
            samples.insert(samples.end(), colours[quarter].begin(), colours[quarter].end());
        }
    }
    return samples;
}

Bytes exif(Orientation orientation, bool big_endian) {
    const auto value = static_cast<std::uint8_t>(orientation);
    if (big_endian) {
        return {'M', 'M', 0, 42, 0, 0, 0,     8, 0, 1, 0x01, 0x12, 0,
                3,   0,   0, 0,  1, 0, value, 0, 0, 0, 0,    0,    0};
    }
    return {'I', 'I', 42, 0, 8, 0,     0, 0, 1, 0, 0x12, 0x01, 3,
            0,   1,   0,  0, 0, value, 0, 0, 0, 0, 0,    0,    0};
}

Bytes jpeg(Size size, const Bytes& samples, const JpegOptions& options) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);  // ends the test program on an error
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long length = 0;
    jpeg_mem_dest(&info, &buffer, &length);
    info.image_width = static_cast<JDIMENSION>(size.width);
    info.image_height = static_cast<JDIMENSION>(size.height);
    const std::size_t pixels = std::size_t{info.image_width} * info.image_height;
    info.input_components = static_cast<int>(samples.size() / pixels);
    info.in_color_space = options.samples;
    const std::vector<jpeg_scan_info> scans = many_scans();
    configure(info, options, scans);
    jpeg_start_compress(&info, TRUE);
    if (!options.exif.empty()) {
        Bytes marker{'E', 'x', 'i', 'f', 0, 0};
        marker.insert(marker.end(), options.exif.begin(), options.exif.end());
        jpeg_write_marker(&info, JPEG_APP0 + 1, marker.data(),
                          static_cast<unsigned>(marker.size()));
    }
    Bytes rows = samples;
    while (info.next_scanline < info.image_height) {
        JSAMPROW row = rows.data() + rows.size() / info.image_height * info.next_scanline;
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    Bytes result(buffer, buffer + length);
    jpeg_destroy_compress(&info);
    std::free(buffer);
    return result;
}

Bytes png(Size size, Bytes rows, const PngOptions& options) {
    spng_ctx* context = spng_ctx_new(SPNG_CTX_ENCODER);
    require(spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1));
    spng_ihdr header{};
    header.width = static_cast<std::uint32_t>(size.width);
    header.height = static_cast<std::uint32_t>(size.height);
    header.bit_depth = static_cast<std::uint8_t>(options.depth);
    header.color_type = static_cast<std::uint8_t>(options.colour);
    header.interlace_method = options.interlaced ? SPNG_INTERLACE_ADAM7 : SPNG_INTERLACE_NONE;
    require(spng_set_ihdr(context, &header));
    if (!options.palette.empty()) {
        spng_plte palette{};
        palette.n_entries = static_cast<std::uint32_t>(options.palette.size());
        std::copy(options.palette.begin(), options.palette.end(), palette.entries);
        require(spng_set_plte(context, &palette));
    }
    if (auto transparency = options.transparency) require(spng_set_trns(context, &*transparency));
    Bytes block = options.exif;
    if (!block.empty()) {
        spng_exif chunk{block.size(), reinterpret_cast<char*>(block.data())};
        require(spng_set_exif(context, &chunk));
    }
    require(
        spng_encode_image(context, rows.data(), rows.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE));
    std::size_t length = 0;
    int error = SPNG_OK;
    auto* buffer = static_cast<std::uint8_t*>(spng_get_png_buffer(context, &length, &error));
    require(error);
    Bytes result(buffer, buffer + length);
    std::free(buffer);
    spng_ctx_free(context);
    return result;
}

Bytes quartered_jpeg(Size size, const JpegOptions& options) {
    return jpeg(size, quartered(size, {{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}}}),
                options);
}

Bytes quartered_png(Size size, const PngOptions& options) {
    return png(size, quartered(size, {{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}}}),
               options);
}

}  // namespace faceward::image::samples
