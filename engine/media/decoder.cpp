#include "engine/media/decoder.hpp"

#include "engine/media/wait.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace faceward::media {
namespace {

using wire::Order;
using wire::Report;

/// Shared memory up to this stays with a decoder between calls; what a large picture took beyond it
/// goes back to the system.
constexpr std::size_t kept_bytes = std::size_t{16} << 20U;

/// What a decoder says in its own words, as far as it is fit to be shown to anybody.
std::string reason_of(const Report& report) {
    std::string reason;
    for (const char c : report.reason) {
        if (c == '\0') break;
        const auto byte = static_cast<unsigned char>(c);
        reason += byte < ' ' || byte == 0x7F ? '?' : c;
    }
    return reason;
}

DecoderFailure failure_of(std::optional<int> status) {
    const bool forbidden = status && WIFSIGNALED(*status) && WTERMSIG(*status) == SIGSYS;
    return forbidden ? DecoderFailure::forbidden_call : DecoderFailure::crash;
}

bool is_refusal(const Report& report) {
    return report.kind == Report::Kind::refused || report.kind == Report::Kind::no_memory;
}

/// What a decoder reports of a medium, within what can be.
MediumFacts plausible(const MediumFacts& facts) {
    const auto number = [](double value) {
        constexpr double most = 1e6;
        return std::isfinite(value) ? std::clamp(value, 0.0, most) : 0.0;
    };
    const auto size = [](image::Size s) {
        return image::Size{std::max(0, s.width), std::max(0, s.height)};
    };
    return {size(facts.stored), size(facts.upright), std::max(1, facts.frames),
            number(facts.seconds), number(facts.rate)};
}

std::size_t input_room(const DecoderOptions& options) {
    return std::max(options.max_input_bytes, Decoder::least_room);
}

std::size_t output_room(const DecoderOptions& options) {
    const auto pixels = static_cast<std::size_t>(options.limits.picture.max_pixels);
    return std::max(3 * pixels, Decoder::least_room);
}

}  // namespace

Result<Decoder> Decoder::open(std::shared_ptr<Launcher> launcher, DecoderOptions options) {
    auto input = SharedRegion::create(input_room(options));
    if (!input) return tl::make_unexpected(input.error());
    auto output = SharedRegion::create(output_room(options));
    if (!output) return tl::make_unexpected(output.error());
    Decoder decoder(std::move(launcher), std::move(options),
                    {std::move(*input), std::move(*output)});
    auto started = decoder.launcher_->start(decoder.regions_->input, decoder.regions_->output);
    if (!started) return tl::make_unexpected(started.error());
    decoder.process_ = std::move(*started);
    return decoder;
}

Decoder::~Decoder() {
    if (next_.valid()) take_next();
    if (launcher_ && process_.number != 0) launcher_->end(std::move(process_));
}

void Decoder::change(DecoderOptions options) {
    options_ = std::move(options);
    const bool fits = input_room(options_) <= regions_->input.bytes().size() &&
                      output_room(options_) <= regions_->output.bytes().size();
    if (fits) return;
    auto input = SharedRegion::create(input_room(options_));
    auto output = SharedRegion::create(output_room(options_));
    if (!input || !output)
        return tell(DecoderFailure::not_started, "there is no memory for larger media");
    if (next_.valid()) take_next();  // it is for the regions as they were
    regions_ = std::make_shared<Regions>(Regions{std::move(*input), std::move(*output)});
    input_used_ = output_used_ = 0;
    renew();
}

Result<image::PictureView> Decoder::picture(std::span<const std::uint8_t> bytes,
                                            const image::DecodeLimits& limits) {
    // Whatever the bytes are is for the decoder to say; the container matters for media only.
    if (auto begun = begin(bytes); !begun) return tl::make_unexpected(begun.error());
    Order order{Order::Kind::picture, Container::jpeg, Way::automatic, 1,
                bytes.size(),         options_.limits};
    order.limits.picture = limits;
    const auto report = ask(order);
    if (!report) return refuse(Fault::picture_unreadable, report.error().reason);
    auto view = output_view(*report);
    if (!view || report->kind != Report::Kind::picture)
        return refuse(Fault::picture_unreadable, *report);
    output_used_ =
        static_cast<std::size_t>(view->stride) * static_cast<std::size_t>(view->size.height);
    return view;
}

Result<MediumFacts> Decoder::frames(std::span<const std::uint8_t> bytes, Container container,
                                    const FrameRequest& request, const TakeFrame& take) {
    if (auto begun = begin(bytes); !begun) return tl::make_unexpected(begun.error());
    Order order{Order::Kind::medium, container,    request.way,
                request.frames,      bytes.size(), options_.limits};
    // Bursts give somewhat more than asked for; twice as many only a decoder that was taken over.
    for (std::uint64_t left = std::uint64_t{2} * request.frames; left > 0; --left) {
        const auto report = ask(order);
        if (!report) return refuse(Fault::medium_unreadable, report.error().reason);
        if (report->kind == Report::Kind::end) {
            renew();
            return plausible(report->facts);
        }
        const auto view = output_view(*report);
        if (!view || report->kind != Report::Kind::frame)
            return refuse(Fault::medium_unreadable, *report);
        output_used_ = std::max(output_used_, static_cast<std::size_t>(view->stride) *
                                                  static_cast<std::size_t>(view->size.height));
        order.kind = Order::Kind::go_on;
        if (!take({*view, std::max(1, report->number), std::max(1, report->planned),
                   std::isfinite(report->seconds) ? report->seconds : 0}))
            return refuse(Fault::medium_unreadable, "no more frames were wanted");
    }
    tell(DecoderFailure::nonsense, "a decoder reported frames without end");
    return refuse(Fault::medium_unreadable, "the decoder failed");
}

/// Makes ready for a call: a living process, the bytes in shared memory.
Result<void> Decoder::begin(std::span<const std::uint8_t> bytes) {
    SharedRegion& input = regions_->input;
    if (bytes.size() > input.bytes().size())
        return fail(Fault::picture_unreadable, "it is larger than the limit allows");
    if (next_.valid()) take_next();
    if (input_used_ > kept_bytes) input.discard(input_used_);
    if (output_used_ > kept_bytes) regions_->output.discard(output_used_);
    input_used_ = bytes.size();
    output_used_ = 0;
    if (process_.number == 0 || has_gone() || ++calls_ > options_.calls_per_process) {
        renew();
        take_next();
    }
    if (process_.number == 0) return fail(Fault::decoder_failed, "no decoder can be started");
    std::ranges::copy(bytes, input.bytes().begin());
    return {};
}

/// Whether the process has ended since its last call, or speaks unasked.
bool Decoder::has_gone() {
    if (wait_for(process_.socket.get(), std::chrono::milliseconds(0)) == Waited::timeout)
        return false;
    const auto status = launcher_->end(std::move(process_));
    process_ = {};
    tell(failure_of(status), "a decoder " + describe_end(status) + " while it waited");
    return true;
}

/// Sends an order and waits for the report. An error has been told to `on_failure`.
Result<Report> Decoder::ask(const Order& order) {
    Report report{};
    const int socket = process_.socket.get();
    const Waited waited =
        wire::send(socket, order) ? wait_for(socket, options_.timeout) : Waited::gone;
    if (waited == Waited::message && wire::receive(socket, report)) return report;
    const auto status = launcher_->end(std::move(process_));
    process_ = {};
    if (waited == Waited::timeout) {
        tell(DecoderFailure::time_limit, "a decoder took too long and was ended");
        return fail(Fault::decoder_failed, "it takes too long to decode");
    }
    tell(failure_of(status), "a decoder " + describe_end(status) + " while it decoded");
    return fail(Fault::decoder_failed, "it cannot be decoded safely");
}

/// The pixels that a report speaks of, if they can be there.
Result<image::PictureView> Decoder::output_view(const Report& report) const {
    const auto pixels = static_cast<std::int64_t>(report.width) * report.height;
    if (report.width < 1 || report.height < 1 ||
        std::cmp_greater(pixels, regions_->output.bytes().size() / 3))
        return fail(Fault::decoder_failed);
    return image::PictureView{regions_->output.bytes().data(),
                              {report.width, report.height},
                              std::ptrdiff_t{3} * report.width};
}

/// The error, and a fresh process for the next call.
tl::unexpected<Error> Decoder::refuse(Fault fault, std::string reason) {
    renew();
    return fail(fault, std::move(reason));
}

/// The error for a report that brings no pixels.
tl::unexpected<Error> Decoder::refuse(Fault fault, const Report& report) {
    if (report.kind == Report::Kind::no_memory)
        tell(DecoderFailure::memory_limit, "a decoder wanted more memory than it may take");
    if (is_refusal(report)) return refuse(fault, reason_of(report));
    tell(DecoderFailure::nonsense, "a decoder reported what cannot be");
    return refuse(fault, "the decoder failed");
}

void Decoder::tell(DecoderFailure failure, std::string_view what) const {
    if (options_.on_failure) options_.on_failure(failure, what);
}

/// Ends the process and has a fresh one started meanwhile: that takes some milliseconds, which the
/// answer need not wait for.
void Decoder::renew() {
    const auto replace = [launcher = launcher_, regions = regions_,
                          old = std::make_shared<DecoderProcess>(std::move(process_))] {
        if (old->number != 0) launcher->end(std::move(*old));
        return launcher->start(regions->input, regions->output);
    };
    process_ = {};
    calls_ = 0;
    try {
        next_ = std::async(std::launch::async, replace);
    } catch (const std::system_error&) {  // no thread is to be had
        next_ = std::async(std::launch::deferred, replace);
    }
}

void Decoder::take_next() {
    if (auto started = next_.get(); started)
        process_ = std::move(*started);
    else
        tell(DecoderFailure::not_started, started.error().reason);
}

}  // namespace faceward::media
