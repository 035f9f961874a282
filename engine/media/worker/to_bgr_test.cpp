#include "engine/media/worker/to_bgr.hpp"

#include <gtest/gtest.h>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace faceward::media {
namespace {

/// A frame whose rows are grey of the level 16 + 20 × row, in a format whose first plane holds
/// the light, 8 bits a sample.
ffmpeg::Frame stripes(AVPixelFormat format, int width, int height) {
    constexpr int no_colour = 128;
    ffmpeg::Frame frame(av_frame_alloc());
    frame->format = format;
    frame->width = width;
    frame->height = height;
    frame->color_range = AVCOL_RANGE_JPEG;
    EXPECT_EQ(av_frame_get_buffer(frame.get(), 0), 0);
    for (const AVBufferRef* plane : frame->buf)
        if (plane != nullptr) std::memset(plane->data, no_colour, plane->size);
    for (int y = 0; y < height; ++y)
        std::memset(frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0],
                    16 + 20 * y, static_cast<std::size_t>(width));
    return frame;
}

class ToBgrFormat : public testing::TestWithParam<AVPixelFormat> {};

/// Widths that vector code takes whole, and all between them.
TEST_P(ToBgrFormat, FillsThePictureAndNothingBehindIt) {
    constexpr std::size_t watched = 1'000;
    constexpr std::uint8_t untouched = 0xA5;
    ToBgr to_bgr;
    for (int width = 1; width <= 100; ++width) {
        for (int height = 1; height <= 9; ++height) {
            const std::size_t row = std::size_t{3} * static_cast<std::size_t>(width);
            const std::size_t used = row * static_cast<std::size_t>(height);
            std::vector<std::uint8_t> target(used + watched, untouched);
            ASSERT_TRUE(to_bgr.convert(*stripes(GetParam(), width, height), target.data()));
            ASSERT_EQ(static_cast<std::size_t>(
                          std::ranges::count(std::span(target).subspan(used), untouched)),
                      watched)
                << width << 'x' << height;
            for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y)
                for (const int level : std::span(target).subspan(y * row, row))
                    ASSERT_NEAR(level, 16 + 20 * static_cast<int>(y), 3) << width << 'x' << height;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, ToBgrFormat,
                         testing::Values(AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUV444P,
                                         AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_NV12),
                         [](const auto& test) { return av_get_pix_fmt_name(test.param); });

}  // namespace
}  // namespace faceward::media
