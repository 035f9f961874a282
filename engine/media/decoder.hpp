#pragma once

#include "engine/image/picture.hpp"
#include "engine/media/launcher.hpp"
#include "engine/media/limits.hpp"
#include "engine/media/medium.hpp"
#include "engine/media/shared_region.hpp"
#include "engine/result.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace faceward::media {

/// What can become of a decoder that does not do its work. What it refuses to decode is no failure
/// of it.
enum class DecoderFailure {
    crash,           ///< it ended or was killed
    forbidden_call,  ///< the kernel killed it for a system call that decoding does not make
    time_limit,      ///< it took longer than `timeout` and was ended
    memory_limit,    ///< it wanted more memory than it may take
    nonsense,        ///< it reported what cannot be
    not_started,     ///< no process, or none that could lock itself in
};

/// The words of the failures, in the order of the enumerators.
inline constexpr std::array<std::string_view, 6> decoder_failure_words{
    "crash", "forbidden_call", "time_limit", "memory_limit", "nonsense", "not_started"};

constexpr std::string_view to_string(DecoderFailure failure) {
    return decoder_failure_words.at(static_cast<std::size_t>(failure));
}

struct DecoderOptions {
    MediaLimits limits;
    std::size_t max_input_bytes = std::size_t{64} << 20U;
    /// For a picture, and for each step of a medium: the time to its next frame.
    std::chrono::milliseconds timeout{10'000};
    int calls_per_process = 1'000;  ///< then a fresh one takes over
    /// Told of each failure, in words too. Called from the thread that decodes; must not throw.
    std::function<void(DecoderFailure failure, std::string_view what)> on_failure;
};

/// How frames of a medium are asked for.
struct FrameRequest {
    std::uint32_t frames = 10;
    Way way = Way::automatic;
};

/// Decodes foreign bytes in a process of its own, locked in (`Launcher`), which costs the copy of
/// the bytes and of the pixels into shared memory. A crash, a hang or a memory bomb costs the one
/// call; the next one has a fresh process. So has what follows a video, an archive or an error:
/// what was taken over by one medium sees no other.
///
/// Used by one thread at a time.
class Decoder {
  public:
    /// There is room for pictures of this many bytes, encoded and as pixels, whatever the limits.
    static constexpr std::size_t least_room = std::size_t{16} << 20U;

    /// Takes a frame; false: no more are wanted.
    using TakeFrame = std::function<bool(const Frame&)>;

    /// Takes its memory (which costs nothing yet) and starts the first process. Fails with
    /// `decoder_failed` or `internal`.
    static Result<Decoder> open(std::shared_ptr<Launcher> launcher, DecoderOptions options);

    /// Takes over other limits and times. Where there is no memory for larger media, those stay
    /// refused.
    void change(DecoderOptions options);

    /// An encoded picture (JPEG, PNG) upright. The pixels are shared memory: they stay until the
    /// next call. Fails with `picture_unreadable`, or `decoder_failed` when none can be started.
    Result<image::PictureView> picture(std::span<const std::uint8_t> bytes) {
        return picture(bytes, options_.limits.picture);
    }
    /// The same with limits of its own, up to `least_room`: for pictures that are trusted.
    Result<image::PictureView> picture(std::span<const std::uint8_t> bytes,
                                       const image::DecodeLimits& limits);

    /// Frames of a video or an archive, in their order, as evenly along its length as is cheap;
    /// fewer where it has fewer. Fails with `medium_unreadable`, or `decoder_failed`.
    Result<MediumFacts> frames(std::span<const std::uint8_t> bytes, Container container,
                               const FrameRequest& request, const TakeFrame& take);

    Decoder(Decoder&&) noexcept = default;
    Decoder& operator=(Decoder&&) noexcept = delete;
    ~Decoder();

  private:
    /// What processes and server share.
    struct Regions {
        SharedRegion input;
        SharedRegion output;
    };

    Decoder(std::shared_ptr<Launcher> launcher, DecoderOptions options, Regions regions)
        : launcher_(std::move(launcher)),
          options_(std::move(options)),
          regions_(std::make_shared<Regions>(std::move(regions))) {}

    Result<void> begin(std::span<const std::uint8_t> bytes);
    bool has_gone();
    Result<wire::Report> ask(const wire::Order& order);
    Result<image::PictureView> output_view(const wire::Report& report) const;
    tl::unexpected<Error> refuse(Fault fault, std::string reason);
    tl::unexpected<Error> refuse(Fault fault, const wire::Report& report);
    void tell(DecoderFailure failure, std::string_view what) const;
    void renew();
    void take_next();

    std::shared_ptr<Launcher> launcher_;
    DecoderOptions options_;
    std::shared_ptr<Regions> regions_;
    DecoderProcess process_;
    std::future<Result<DecoderProcess>> next_;  // on its way while a fresh one is being started
    int calls_ = 0;
    std::size_t input_used_ = 0;  // bytes that may hold pages
    std::size_t output_used_ = 0;
};

}  // namespace faceward::media
