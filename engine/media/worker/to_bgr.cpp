#include "engine/media/worker/to_bgr.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace faceward::media {

Result<void> ToBgr::convert(const AVFrame& frame, std::uint8_t* target) {
    // FFmpeg's vector code writes pixels in groups of 16. Where the rows have no room for the last
    // group, it leaves pixels out, or writes beyond the end of the picture.
    constexpr int group = 16;
    const int row = 3 * frame.width;
    if (frame.width % group == 0) return scale(frame, target, row);
    const int stride = 3 * (frame.width / group + 1) * group;
    padded_.resize(static_cast<std::size_t>(stride) * static_cast<std::size_t>(frame.height));
    return scale(frame, padded_.data(), stride).map([&] {
        for (std::ptrdiff_t y = 0; y < frame.height; ++y)
            std::copy_n(padded_.data() + y * stride, row, target + y * row);
    });
}

Result<void> ToBgr::scale(const AVFrame& frame, std::uint8_t* target, int stride) {
    const auto format = static_cast<AVPixelFormat>(frame.format);
    // Takes the old converter back or frees it; with one that fits nothing is made anew.
    scaler_.reset(sws_getCachedContext(scaler_.release(), frame.width, frame.height, format,
                                       frame.width, frame.height, AV_PIX_FMT_BGR24, SWS_POINT,
                                       nullptr, nullptr, nullptr));
    if (!scaler_) return fail(Fault::medium_unreadable, "the frames have an unknown pixel format");
    set_colours(frame);
    std::uint8_t* const rows[] = {target};
    const int done = sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height,
                               std::data(rows), &stride);
    if (done != frame.height) return fail(Fault::medium_unreadable, "a frame cannot be converted");
    return {};
}

void ToBgr::set_colours(const AVFrame& frame) {
    const int matrix =
        frame.colorspace == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : frame.colorspace;
    constexpr int one = 1 << 16;
    sws_setColorspaceDetails(scaler_.get(), sws_getCoefficients(matrix),
                             frame.color_range == AVCOL_RANGE_JPEG ? 1 : 0,
                             sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, one, one);
}

}  // namespace faceward::media
