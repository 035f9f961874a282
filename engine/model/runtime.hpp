#pragma once

#include "engine/image/picture.hpp"
#include "engine/model/manifest.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace faceward::model {

/// `f32` gives the same templates on every CPU; `automatic` lets the runtime pick what is fastest
/// (bf16 on some).
enum class Precision { f32, automatic };

/// How networks are run.
struct RuntimeOptions {
    Precision precision = Precision::f32;
    int streams = 1;  ///< how many sessions of a network run at once, one thread each
    std::filesystem::path compiled_cache;  ///< folder for compiled networks; empty: none is kept
};

/// One output of a network. Valid until the session runs again.
struct TensorView {
    std::span<const std::size_t> shape;
    std::span<const float> values;
};

/// A place where a compiled network runs: one picture (or, for blendshapes, points) in, tensors
/// out. Used by one thread at a time.
class Session {
  public:
    /// The outputs in the network's own order for an 8-bit BGR picture of exactly the input size.
    /// Colour order, mean, std and layout are applied inside, as the manifest says. Fails with
    /// `inference_failed`.
    Result<std::span<const TensorView>> run(image::PictureView picture);

    /// The same for a network that takes points: x and y of each, in the order of its entry.
    Result<std::span<const TensorView>> run(std::span<const float> points);

    /// Of the picture that the network takes; nothing by nothing when it takes points.
    image::Size input_size() const;

    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;
    ~Session();

  private:
    friend class Network;
    struct State;
    template <class Fill>
    Result<std::span<const TensorView>> infer(const Fill& fill);
    explicit Session(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A network compiled for one input size.
class Network {
  public:
    /// Fails with `inference_failed`.
    Result<Session> session() const;

    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;
    ~Network();

  private:
    friend class Runtime;
    struct State;
    explicit Network(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The inference engine. The only room that knows which one it is (OpenVINO, on the CPU).
class Runtime {
  public:
    explicit Runtime(RuntimeOptions options);
    Runtime(Runtime&&) noexcept;
    ~Runtime();

    /// Reads and compiles a pack's network for pictures of `size` (which counts for nothing when it
    /// takes points), batch 1.
    /// Fails with `pack_invalid` when the network is not what its entry says.
    Result<Network> compile(const std::filesystem::path& folder, const NetworkEntry& entry,
                            image::Size size);

    /// "OpenVINO 2026.4.1"
    static std::string version();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Runs the pattern through a session, compares the first output with `entry.check`, and
/// checks that all values are finite. Fails with `pack_invalid` naming the network.
Result<void> check_network(Session& session, const NetworkEntry& entry);

}  // namespace faceward::model
