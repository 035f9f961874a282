#include "engine/media/worker/serve.hpp"

#include "engine/image/decode.hpp"
#include "engine/media/wire.hpp"
#include "engine/media/worker/archive.hpp"
#include "engine/media/worker/frame_plan.hpp"
#include "engine/media/worker/natural_order.hpp"
#include "engine/media/worker/video.hpp"

#include <algorithm>
#include <cstring>
#include <exception>

namespace faceward::media {
namespace {

using wire::Order;
using wire::Report;
using Bytes = std::span<const std::uint8_t>;

Report refusal(const Error& error) {
    Report report{};
    report.kind = Report::Kind::refused;
    const std::size_t length = std::min(error.reason.size(), report.reason.size() - 1);
    std::memcpy(report.reason.data(), error.reason.data(), length);
    return report;
}

/// One order on its way: where frames go, and whether the server still wants more.
class Delivery {
  public:
    Delivery(int socket, const SharedRegion& output) : socket_(socket), output_(output) {}

    /// Where pixels go that are decoded into their place.
    image::Room room() const { return output_.bytes(); }

    /// Puts pixels (without padding) into the output, unless they are there.
    Result<Report> put(Report::Kind kind, image::PictureView picture) const {
        const auto bytes = static_cast<std::size_t>(picture.stride) *
                           static_cast<std::size_t>(picture.size.height);
        if (bytes > output_.bytes().size())
            return fail(Fault::medium_unreadable, "a picture is too large");
        if (picture.data != output_.bytes().data())
            std::memcpy(output_.bytes().data(), picture.data, bytes);
        Report report{};
        report.kind = kind;
        report.width = picture.size.width;
        report.height = picture.size.height;
        return report;
    }

    /// Hands a frame over and waits until the server has done with it. False: it wants no more.
    Result<bool> frame(image::PictureView picture, int number, int planned, double seconds) const {
        auto report = put(Report::Kind::frame, picture);
        if (!report) return tl::make_unexpected(report.error());
        report->number = number;
        report->planned = planned;
        report->seconds = seconds;
        Order next{};
        return wire::send(socket_, *report) && wire::receive(socket_, next) &&
               next.kind == Order::Kind::go_on;
    }

  private:
    int socket_;
    const SharedRegion& output_;
};

Result<Report> decode_picture(Bytes bytes, const Order& order, const Delivery& delivery) {
    const auto picture = image::decode(bytes, order.limits.picture, delivery.room());
    if (!picture) return tl::make_unexpected(picture.error());
    return delivery.put(Report::Kind::picture, picture->view());
}

Report end_of(const MediumFacts& facts) {
    Report report{};
    report.kind = Report::Kind::end;
    report.facts = facts;
    return report;
}

Result<Report> decode_video(Bytes bytes, const Order& order, const Delivery& delivery) {
    auto video = Video::open(bytes, order.limits);
    if (!video) return tl::make_unexpected(video.error());
    Result<bool> delivered = true;
    const auto take = [&](const VideoFrame& frame) {
        delivered = delivery.frame(frame.picture, frame.number, frame.planned, frame.seconds);
        return delivered.value_or(false);
    };
    const auto decoded = video->decode(order.frames, order.way, take, delivery.room());
    if (!delivered) return tl::make_unexpected(delivered.error());
    if (!decoded) return tl::make_unexpected(decoded.error());
    return end_of(video->facts());
}

/// When each frame was taken: by the numbers in the names if they rise, else by its place.
std::vector<double> times_of(const std::vector<ArchivedPicture>& pictures, double frame_rate) {
    std::vector<std::int64_t> numbers;
    for (const ArchivedPicture& picture : pictures)
        if (const auto number = number_in_name(picture.name)) numbers.push_back(*number);
    const bool rising = numbers.size() == pictures.size() &&
                        std::ranges::adjacent_find(numbers, std::greater_equal{}) == numbers.end();
    std::vector<double> times(pictures.size());
    for (std::size_t i = 0; i < times.size(); ++i)
        times[i] =
            static_cast<double>(rising ? numbers[i] - numbers[0] : static_cast<std::int64_t>(i)) /
            frame_rate;
    return times;
}

Result<Report> decode_archive(Bytes bytes, const Order& order, const Delivery& delivery) {
    const auto pictures = read_archive(bytes, order.limits);
    if (!pictures) return tl::make_unexpected(pictures.error());
    const std::vector<double> times = times_of(*pictures, order.limits.archive_frame_rate);
    MediumFacts facts;
    facts.frames = static_cast<int>(pictures->size());
    facts.seconds = times.back();
    const std::vector<std::size_t> places = spread_over(pictures->size(), order.frames);
    for (const std::size_t place : places) {
        const ArchivedPicture& archived = (*pictures)[place];
        const auto picture = image::decode(archived.bytes, order.limits.picture, delivery.room());
        if (!picture)
            return fail(Fault::medium_unreadable, archived.name + ": " + picture.error().reason);
        if (facts.upright == image::Size{}) facts.stored = facts.upright = picture->size();
        const auto wanted = delivery.frame(picture->view(), static_cast<int>(place) + 1,
                                           static_cast<int>(places.size()), times[place]);
        if (!wanted) return tl::make_unexpected(wanted.error());
        if (!*wanted) break;
    }
    return end_of(facts);
}

Result<Report> carry_out(const Order& order, Bytes bytes, const Delivery& delivery) {
    if (order.kind == Order::Kind::picture) return decode_picture(bytes, order, delivery);
    if (kind_of(order.container) == Kind::video) return decode_video(bytes, order, delivery);
    return decode_archive(bytes, order, delivery);
}

}  // namespace

void serve_orders(int socket, const SharedRegion& input, const SharedRegion& output) {
    const Delivery delivery(socket, output);
    for (Order order{}; wire::receive(socket, order);) {
        const Bytes bytes =
            input.bytes().first(std::min<std::size_t>(order.bytes, input.bytes().size()));
        Report report{};
        try {
            auto done = carry_out(order, bytes, delivery);
            report = done ? *done : refusal(done.error());
        } catch (const std::bad_alloc&) {
            report = refusal({Fault::medium_unreadable, "it takes too much memory"});
            report.kind = Report::Kind::no_memory;
        }
        if (!wire::send(socket, report)) return;
    }
}

}  // namespace faceward::media
