#include "engine/media/worker/video_input.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace faceward::media {
namespace {

int read_memory(void* opaque, std::uint8_t* target, int most) {
    auto& memory = *static_cast<MemoryFile*>(opaque);
    const auto left = static_cast<std::int64_t>(memory.bytes.size()) - memory.position;
    const auto count = std::min<std::int64_t>(left, most);
    if (count <= 0) return AVERROR_EOF;
    std::memcpy(target, memory.bytes.data() + memory.position, static_cast<std::size_t>(count));
    memory.position += count;
    return static_cast<int>(count);
}

std::int64_t seek_memory(void* opaque, std::int64_t offset, int whence) {
    auto& memory = *static_cast<MemoryFile*>(opaque);
    const auto size = static_cast<std::int64_t>(memory.bytes.size());
    if ((whence & AVSEEK_SIZE) != 0) return size;
    std::int64_t from = 0;
    if (whence == SEEK_CUR) from = memory.position;
    if (whence == SEEK_END) from = size;
    if (offset < -from || offset > size - from) return AVERROR(EINVAL);
    return memory.position = from + offset;
}

tl::unexpected<Error> unreadable(std::string reason) {
    return fail(Fault::medium_unreadable, std::move(reason));
}

/// Formats that a client may send; whatever else FFmpeg reads (lists that name other files, streams
/// without end) stays closed.
constexpr const char* formats =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v";

Result<void> open_file(VideoInput& input) {
    constexpr int buffer_bytes = 65'536;
    auto* buffer = static_cast<std::uint8_t*>(av_malloc(buffer_bytes));
    input.reader.reset(avio_alloc_context(buffer, buffer_bytes, 0, &input.memory, &read_memory,
                                          nullptr, &seek_memory));
    AVFormatContext* context = avformat_alloc_context();
    if (!input.reader || context == nullptr) return fail(Fault::internal, "out of memory");
    context->pb = input.reader.get();
    context->format_whitelist = av_strdup(formats);
    if (avformat_open_input(&context, nullptr, nullptr, nullptr) < 0)
        return unreadable("the video cannot be read");
    input.file.reset(context);
    return {};
}

bool is_described(const AVCodecParameters& parameters) {
    return parameters.codec_id != AV_CODEC_ID_NONE && parameters.width > 0 && parameters.height > 0;
}

AVStream* find_video(AVFormatContext& file) {
    for (unsigned i = 0; i < file.nb_streams; ++i) {
        AVStream* stream = file.streams[i];
        const bool is_cover = (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
        if (stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !is_cover) return stream;
    }
    return nullptr;
}

/// The stream of pictures, looked into only where the container does not describe it.
AVStream* describe_video(AVFormatContext& file) {
    AVStream* stream = find_video(file);
    if (stream == nullptr || !is_described(*stream->codecpar)) {
        constexpr std::int64_t microseconds_looked_at = 2'000'000;
        file.max_analyze_duration = microseconds_looked_at;
        if (avformat_find_stream_info(&file, nullptr) < 0) return nullptr;
        stream = find_video(file);
    }
    for (unsigned i = 0; i < file.nb_streams; ++i)
        if (file.streams[i] != stream) file.streams[i]->discard = AVDISCARD_ALL;
    return stream;
}

/// The turn that a display matrix asks for, to the nearest right angle, of pictures mirrored first
/// where it mirrors.
image::Orientation orientation_of(const AVStream& stream) {
    using image::Orientation;
    const auto* stored = reinterpret_cast<const std::int32_t*>(
        av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
    if (stored == nullptr) return Orientation::top_left;
    std::array<std::int32_t, 9> matrix{};
    std::copy_n(stored, matrix.size(), matrix.begin());
    const bool mirrors =
        static_cast<double>(matrix[0]) * matrix[4] - static_cast<double>(matrix[1]) * matrix[3] < 0;
    constexpr std::int32_t least = -std::numeric_limits<std::int32_t>::max();
    if (mirrors)
        for (std::int32_t& of_x : std::span(matrix).first<2>()) of_x = -std::max(of_x, least);
    const double counterclockwise = av_display_rotation_get(matrix.data());
    if (!std::isfinite(counterclockwise)) return Orientation::top_left;
    constexpr std::array turns{Orientation::top_left, Orientation::left_bottom,
                               Orientation::bottom_right, Orientation::right_top};
    constexpr std::array mirrored{Orientation::top_right, Orientation::left_top,
                                  Orientation::bottom_left, Orientation::right_bottom};
    const auto quarter = static_cast<std::size_t>(std::lround(counterclockwise / 90) + 4) % 4;
    return mirrors ? mirrored.at(quarter) : turns.at(quarter);
}

Result<void> read_packets(VideoInput& input, const AVStream& stream, const MediaLimits& limits) {
    const auto most = static_cast<std::size_t>(limits.max_frames);
    while (true) {
        ffmpeg::Packet packet(av_packet_alloc());
        if (!packet) return fail(Fault::internal, "out of memory");
        const int status = av_read_frame(input.file.get(), packet.get());
        if (status < 0) break;
        if (packet->stream_index != stream.index || packet->size == 0) continue;
        if (input.packets.size() == most)
            return unreadable("the video has more than " + std::to_string(most) + " frames");
        input.packets.push_back(std::move(packet));
    }
    if (input.packets.empty()) return unreadable("there is no frame in the video");
    return {};
}

/// What the container says of when frames are shown.
StatedTime stated_time(const VideoInput& input, const AVStream& stream) {
    return {av_q2d(stream.time_base),
            av_q2d(stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate),
            (input.file->iformat->flags & AVFMT_TS_DISCONT) != 0};
}

}  // namespace

Result<std::unique_ptr<VideoInput>> read_video(std::span<const std::uint8_t> bytes,
                                               const MediaLimits& limits) {
    av_log_set_level(AV_LOG_QUIET);
    auto input = std::make_unique<VideoInput>();
    input->memory.bytes = bytes;
    if (auto opened = open_file(*input); !opened) return tl::make_unexpected(opened.error());
    const AVStream* stream = describe_video(*input->file);
    if (stream == nullptr) return unreadable("there are no pictures in the video");
    input->parameters = stream->codecpar;
    input->orientation = orientation_of(*stream);
    if (auto read = read_packets(*input, *stream, limits); !read)
        return tl::make_unexpected(read.error());
    input->dates = date_packets(input->packets, stated_time(*input, *stream));
    if (!(input->dates.seconds <= static_cast<double>(limits.max_seconds)))
        return unreadable("the video is longer than " + std::to_string(limits.max_seconds) +
                          " seconds");
    return input;
}

}  // namespace faceward::media
