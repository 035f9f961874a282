#include "engine/image/resample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace faceward::image {
namespace {

/// The two source pixels beside a target pixel along one axis, and the second one's share.
struct Pair {
    int first;
    int second;
    float share;
};

/// Pixel centres of both sides divide the same length evenly; the border pixel is repeated
/// outwards.
Pair pair(int i, int from, int to) {
    const double position = (i + 0.5) * from / to - 0.5;
    const int before = static_cast<int>(std::floor(position));
    return {std::max(before, 0), std::min(before + 1, from - 1),
            static_cast<float>(position - before)};
}

std::vector<Pair> pairs(int from, int to) {
    std::vector<Pair> result;
    result.reserve(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) result.push_back(pair(i, from, to));
    return result;
}

/// The last two source rows, stretched to the target's width: neighbouring target rows share them.
class StretchedRows {
  public:
    StretchedRows(PictureView source, int width)
        : source_(source), columns_(pairs(source.size.width, width)) {
        for (auto& row : rows_) row.resize(columns_.size() * 3);
    }

    /// Pointers to stretched source rows `first` and `second`, valid until the next call.
    std::pair<const float*, const float*> get(int first, int second) {
        if (at_[1] == first) {
            std::swap(rows_[0], rows_[1]);
            std::swap(at_[0], at_[1]);
        }
        if (at_[0] != first) stretch(0, first);
        if (second == first) return {rows_[0].data(), rows_[0].data()};
        if (at_[1] != second) stretch(1, second);
        return {rows_[0].data(), rows_[1].data()};
    }

  private:
    void stretch(std::size_t slot, int y) {
        at_[slot] = y;
        const std::uint8_t* row = source_.row(y);
        float* out = rows_[slot].data();
        for (const auto& [first, second, share] : columns_) {
            const std::uint8_t* a = row + std::ptrdiff_t{3} * first;
            const std::uint8_t* b = row + std::ptrdiff_t{3} * second;
            for (int c = 0; c < 3; ++c)
                *out++ = static_cast<float>(a[c]) + share * static_cast<float>(b[c] - a[c]);
        }
    }

    PictureView source_;
    std::vector<Pair> columns_;
    std::array<std::vector<float>, 2> rows_;
    std::array<int, 2> at_{-1, -1};
};

}  // namespace

void bilinear_into(PictureView source, Canvas target) {
    StretchedRows rows(source, target.size.width);
    const auto n = static_cast<std::size_t>(target.size.width) * 3;
    for (int y = 0; y < target.size.height; ++y) {
        const auto [first, second, share] = pair(y, source.size.height, target.size.height);
        const auto [above, below] = rows.get(first, second);
        std::uint8_t* __restrict out = target.row(y);
        for (std::size_t i = 0; i < n; ++i) {
            out[i] = static_cast<std::uint8_t>(0.5F + above[i] + share * (below[i] - above[i]));
        }
    }
}

}  // namespace faceward::image
