#include "engine/media/worker/video.hpp"

#include "engine/media/worker/to_bgr.hpp"
#include "engine/media/worker/video_input.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <new>
#include <utility>

namespace faceward::media {
namespace {

image::Size admitted(int width, int height, const image::DecodeLimits& limits) {
    if (width < 1 || height < 1 || width > limits.max_pixels / height) return {};
    return {width, height};
}

bool turns_sides(image::Orientation orientation) {
    return orientation >= image::Orientation::left_top;
}

}  // namespace

struct Video::State {
    std::unique_ptr<VideoInput> input;
    MediaLimits limits;
    MediumFacts facts;
    ffmpeg::Decoder decoder;
    ffmpeg::Frame frame;
    ToBgr to_bgr;
    bool seen = false;          ///< a frame has been taken
    image::Room room;           ///< where frames go that need no turn
    image::Picture upright;     ///< the last one of those that do
    int planned = 0;            ///< frames that are to be taken
    std::vector<double> shown;  ///< when each frame is shown, ascending

    void note_size(image::Size stored);
    Result<void> open_decoder();
    Result<void> decode(const PlannedGroup& group, const TakeFrame& take, bool& wanted);
    Result<void> receive(std::span<const double>& times, const TakeFrame& take, bool& wanted);
    Result<image::PictureView> pixels();
    VideoFrame described(image::PictureView picture) const;
};

/// Sizes of the facts, from the pixels as stored.
void Video::State::note_size(image::Size stored) {
    const bool turned = turns_sides(input->orientation);
    facts.stored = stored;
    facts.upright = turned ? image::Size{stored.height, stored.width} : stored;
}

Result<void> Video::State::open_decoder() {
    const AVCodec* codec = avcodec_find_decoder(input->parameters->codec_id);
    decoder.reset(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    frame.reset(av_frame_alloc());
    if (!decoder || !frame || avcodec_parameters_to_context(decoder.get(), input->parameters) < 0)
        return fail(Fault::medium_unreadable, "the video's codec is not known");
    decoder->thread_count = 1;
    decoder->max_pixels = limits.picture.max_pixels;
    if (avcodec_open2(decoder.get(), codec, nullptr) < 0)
        return fail(Fault::medium_unreadable, "the video's codec cannot be opened");
    return {};
}

/// The pixels of the frame that the decoder has given, upright.
Result<image::PictureView> Video::State::pixels() {
    const image::Size size = admitted(frame->width, frame->height, limits.picture);
    if (size == image::Size{})
        return fail(Fault::medium_unreadable, "a frame has more pixels than the limit allows");
    // What the container says of the size need not be true.
    if (!std::exchange(seen, true)) note_size(size);
    const image::PictureView in_room{room.data(), size, std::ptrdiff_t{3} * size.width};
    if (input->orientation == image::Orientation::top_left &&
        std::cmp_less_equal(in_room.stride * size.height, room.size()))
        return to_bgr.convert(*frame, room.data()).map([&] { return in_room; });
    upright = image::Picture(size);
    if (auto converted = to_bgr.convert(*frame, upright.data()); !converted)
        return tl::make_unexpected(converted.error());
    upright = image::upright(std::move(upright), input->orientation);
    return upright.view();
}

VideoFrame Video::State::described(image::PictureView picture) const {
    const double seconds =
        static_cast<double>(frame->best_effort_timestamp) * input->dates.tick - input->dates.origin;
    // Half a tick, because time stamps come back through another arithmetic.
    const auto place = std::ranges::upper_bound(shown, seconds + input->dates.tick / 2);
    return {picture, std::max(1, static_cast<int>(place - shown.begin())), planned, seconds};
}

/// Takes the frames that the decoder has ready and that are wanted.
Result<void> Video::State::receive(std::span<const double>& times, const TakeFrame& take,
                                   bool& wanted) {
    while (wanted && !times.empty() && avcodec_receive_frame(decoder.get(), frame.get()) == 0) {
        const double seconds =
            static_cast<double>(frame->best_effort_timestamp) * input->dates.tick -
            input->dates.origin;
        if (seconds + input->dates.tick / 2 < times.front()) continue;
        while (!times.empty() && times.front() <= seconds + input->dates.tick / 2)
            times = times.subspan(1);
        const auto picture = pixels();
        if (!picture) return tl::make_unexpected(picture.error());
        wanted = take(described(*picture));
    }
    return {};
}

Result<void> Video::State::decode(const PlannedGroup& group, const TakeFrame& take, bool& wanted) {
    std::span<const double> times = group.times;
    avcodec_flush_buffers(decoder.get());
    for (std::size_t i = group.first; i < group.end && wanted && !times.empty(); ++i) {
        // A packet that is damaged costs its own frame; the decoder goes on with the next.
        const int sent = avcodec_send_packet(decoder.get(), input->packets[i].get());
        if (sent == AVERROR(ENOMEM)) throw std::bad_alloc();
        if (auto received = receive(times, take, wanted); !received) return received;
    }
    if (!wanted || times.empty()) return {};
    avcodec_send_packet(decoder.get(), nullptr);
    return receive(times, take, wanted);
}

Video::Video(std::unique_ptr<State> state) : state_(std::move(state)) {}
Video::Video(Video&&) noexcept = default;
Video& Video::operator=(Video&&) noexcept = default;
Video::~Video() = default;

Result<Video> Video::open(std::span<const std::uint8_t> bytes, const MediaLimits& limits) {
    auto input = read_video(bytes, limits);
    if (!input) return tl::make_unexpected(input.error());
    auto state = std::make_unique<State>();
    state->input = std::move(*input);
    state->limits = limits;
    const AVCodecParameters& stream = *state->input->parameters;
    const image::Size stored = admitted(stream.width, stream.height, limits.picture);
    if (stored == image::Size{})
        return fail(Fault::medium_unreadable,
                    stream.width > 0 ? "the video has more pixels than the limit allows"
                                     : "the video does not say how large it is");
    state->note_size(stored);
    const double seconds = state->input->dates.seconds;
    state->facts.frames = static_cast<int>(state->input->packets.size());
    state->facts.seconds = seconds;
    state->facts.rate = seconds > 0 ? state->facts.frames / seconds : 0;
    for (const Packet& packet : state->input->dates.packets) state->shown.push_back(packet.seconds);
    std::ranges::sort(state->shown);
    if (auto opened = state->open_decoder(); !opened) return tl::make_unexpected(opened.error());
    return Video(std::move(state));
}

const MediumFacts& Video::facts() const { return state_->facts; }

Result<void> Video::decode(std::size_t wanted, Way way, const TakeFrame& take, image::Room room) {
    state_->room = room;
    const FramePlan plan = plan_frames(
        state_->input->dates.packets,
        std::int64_t{state_->facts.stored.width} * state_->facts.stored.height, wanted, way);
    for (const PlannedGroup& group : plan.groups)
        state_->planned += static_cast<int>(group.times.size());
    if (plan.skip_non_reference) state_->decoder->skip_frame = AVDISCARD_NONREF;
    bool any = false;
    bool go_on = true;
    const TakeFrame noted = [&](const VideoFrame& frame) {
        any = true;
        return take(frame);
    };
    for (const PlannedGroup& group : plan.groups) {
        if (!go_on) break;
        if (auto decoded = state_->decode(group, noted, go_on); !decoded) return decoded;
    }
    if (!any) return fail(Fault::medium_unreadable, "no frame of the video can be decoded");
    return {};
}

}  // namespace faceward::media
