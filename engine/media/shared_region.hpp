#pragma once

#include "engine/media/descriptor.hpp"
#include "engine/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace faceward::media {

/// Anonymous memory that two processes map (memfd_create(2)): of one size for ever, which seals
/// make sure of. Pages take memory only once they are written.
class SharedRegion {
  public:
    enum class Access : std::uint8_t { read, read_write };

    /// Fails with `internal` when the system has no memory or descriptor left.
    static Result<SharedRegion> create(std::size_t bytes);

    /// Maps the region behind a descriptor that another process made.
    static Result<SharedRegion> adopt(Descriptor descriptor, Access access);

    ~SharedRegion();
    SharedRegion(SharedRegion&& other) noexcept;
    SharedRegion& operator=(SharedRegion&& other) noexcept;

    std::span<std::uint8_t> bytes() const { return {data_, size_}; }
    int descriptor() const { return descriptor_.get(); }
    /// The mapping stays; nobody can map it anew from here.
    void close_descriptor() { descriptor_ = {}; }

    /// Gives the pages of the first `used` bytes back to the system; they read as zero then.
    void discard(std::size_t used);

  private:
    SharedRegion(Descriptor descriptor, std::uint8_t* data, std::size_t size)
        : descriptor_(std::move(descriptor)), data_(data), size_(size) {}

    Descriptor descriptor_;
    std::uint8_t* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace faceward::media
