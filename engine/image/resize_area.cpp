#include "engine/image/lanes.hpp"
#include "engine/image/resample.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace faceward::image {
namespace {

/// The source pixels first…last under one target pixel along one axis. The inner ones weigh 1/ratio
/// each, the outer two less, as far as they are covered; all weights add up to 1.
struct Window {
    int first;
    int last;
    float head;
    float inner;
    float tail;  ///< 0 if first == last
};

/// Window `i` of `to` equal ones over `from` pixels; whole numbers keep its borders exact.
Window window(std::int64_t i, std::int64_t from, std::int64_t to) {
    const std::int64_t begin = i * from;  // in units of 1/to source pixel
    const std::int64_t end = begin + from;
    const std::int64_t first = begin / to;
    const std::int64_t last = (end - 1) / to;
    const auto weight = [&](std::int64_t covered) {
        return static_cast<float>(static_cast<double>(covered) / static_cast<double>(from));
    };
    const bool single = first == last;
    return {static_cast<int>(first), static_cast<int>(last),
            single ? 1.0F : weight((first + 1) * to - begin), weight(to),
            single ? 0.0F : weight(end - last * to)};
}

std::vector<Window> windows(int from, int to) {
    std::vector<Window> result;
    result.reserve(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) result.push_back(window(i, from, to));
    return result;
}

void add_row(const std::uint8_t* __restrict row, float weight, std::vector<float>& sums,
             std::size_t n) {
    float* __restrict sum = sums.data();
    for (std::size_t i = 0; i < n; ++i) sum[i] += weight * static_cast<float>(row[i]);
}

/// Weighted sum of the source rows under one target row.
void mix_rows(PictureView source, const Window& rows, std::vector<float>& sums) {
    const auto n = static_cast<std::size_t>(source.size.width) * 3;
    std::fill(sums.begin(), sums.end(), 0.0F);
    add_row(source.row(rows.first), rows.head, sums, n);
    for (int y = rows.first + 1; y < rows.last; ++y) add_row(source.row(y), rows.inner, sums, n);
    if (rows.last > rows.first) add_row(source.row(rows.last), rows.tail, sums, n);
}

void mix_columns(const std::vector<float>& sums, const std::vector<Window>& columns,
                 std::uint8_t* target) {
    const auto at = [&](int x) { return load(sums.data() + std::ptrdiff_t{3} * x); };
    for (const Window& column : columns) {
        Lanes inner{};
        for (int x = column.first + 1; x < column.last; ++x) inner += at(x);
        store(column.head * at(column.first) + column.inner * inner + column.tail * at(column.last),
              target);
        target += 3;
    }
}

}  // namespace

void area_into(PictureView source, Canvas target) {
    const std::vector<Window> columns = windows(source.size.width, target.size.width);
    // One float more than the pixels hold: the last one is loaded as four.
    std::vector<float> sums(static_cast<std::size_t>(source.size.width) * 3 + 1);
    for (int y = 0; y < target.size.height; ++y) {
        mix_rows(source, window(y, source.size.height, target.size.height), sums);
        mix_columns(sums, columns, target.row(y));
    }
}

}  // namespace faceward::image
