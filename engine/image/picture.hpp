#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace faceward::image {

/// Width and height in pixels.
struct Size {
    int width = 0;
    int height = 0;
    bool operator==(const Size&) const = default;
};

/// A point in pixels; pixel centres lie on whole numbers, (0, 0) is the centre of the top left
/// pixel.
struct Point {
    float x = 0;
    float y = 0;
};

/// A box in pixels, x1 < x2 and y1 < y2; it may reach over the picture's border.
struct Box {
    float x1 = 0;
    float y1 = 0;
    float x2 = 0;
    float y2 = 0;

    float width() const { return x2 - x1; }
    float height() const { return y2 - y1; }
    float area() const { return width() * height(); }
    Point centre() const { return {(x1 + x2) / 2, (y1 + y2) / 2}; }
};

/// A read-only window on 8-bit BGR pixels: row-major, three bytes a pixel, `stride` bytes a row.
struct PictureView {
    const std::uint8_t* data = nullptr;
    Size size;
    std::ptrdiff_t stride = 0;

    const std::uint8_t* row(int y) const { return data + y * stride; }
    /// The part [x, x + s.width) × [y, y + s.height), which must lie inside.
    PictureView crop(int x, int y, Size s) const {
        return {row(y) + std::ptrdiff_t{3} * x, s, stride};
    }
};

/// Memory that pixels may lie in; nothing: they have memory of their own.
using Room = std::span<std::uint8_t>;

/// An 8-bit BGR picture; it owns its pixels, or lies in a room. Rows follow one another unpadded.
/// Pixels of a new picture are uninitialised.
class Picture {
  public:
    Picture() = default;
    explicit Picture(Size size)
        : size_(size), own_(std::make_unique_for_overwrite<std::uint8_t[]>(bytes())) {}
    /// Its pixels lie at the beginning of the room if that is large enough, and must not outlive
    /// it then.
    Picture(Size size, Room room) : size_(size), lent_(room.data()) {
        if (bytes() > room.size()) *this = Picture(size);
    }

    Size size() const { return size_; }
    std::ptrdiff_t stride() const { return std::ptrdiff_t{3} * size_.width; }
    std::size_t bytes() const {
        return std::size_t{3} * static_cast<std::size_t>(size_.width) *
               static_cast<std::size_t>(size_.height);
    }
    std::uint8_t* data() { return pixels(); }
    std::uint8_t* row(int y) { return pixels() + y * stride(); }
    PictureView view() const { return {pixels(), size_, stride()}; }

  private:
    std::uint8_t* pixels() const { return own_ ? own_.get() : lent_; }

    Size size_;
    std::unique_ptr<std::uint8_t[]> own_;
    std::uint8_t* lent_ = nullptr;  ///< where the pixels lie if they are not its own
};

}  // namespace faceward::image
