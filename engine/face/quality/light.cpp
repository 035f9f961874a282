#include "engine/face/quality/light.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace faceward::face {
namespace {

constexpr int side = AlignedFace::fine_side;

std::uint8_t level_at(const AlignedFace& face, int x, int y) {
    return face
        .luminance[std::size_t{side} * static_cast<std::size_t>(y) + static_cast<std::size_t>(x)];
}

/// Shares of the levels of luminance among the face's pixels.
using Histogram = std::array<double, 256>;

Histogram histogram_of(const AlignedFace& face) {
    Histogram shares{};
    double count = 0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            if (AlignedFace::is_face(x, y)) {
                ++shares[level_at(face, x, y)];
                ++count;
            }
    for (double& share : shares) share /= count;
    return shares;
}

double share_of(const Histogram& shares, std::size_t first, std::size_t last) {
    return std::accumulate(shares.begin() + static_cast<std::ptrdiff_t>(first),
                           shares.begin() + static_cast<std::ptrdiff_t>(last) + 1, 0.0);
}

double entropy_of(const Histogram& shares) {
    double bits = 0;
    for (const double share : shares)
        if (share > 0) bits -= share * std::log2(share);
    return bits;
}

/// A cheek: a square of three tenths of the distance of the eyes, below one eye, its top halfway
/// down to the mouth. The levels are counted in steps of eight, as it has but 441 pixels.
std::array<double, 32> cheek(const AlignedFace& face, int left) {
    constexpr int top = 143;
    constexpr int length = 21;
    std::array<double, 32> shares{};
    for (int y = top; y < top + length; ++y)
        for (int x = left; x < left + length; ++x)
            shares.at(level_at(face, x, y) / 8U) += 1.0 / (length * length);
    return shares;
}

/// What the histograms of the two cheeks share, 0…1.
double likeness_of_cheeks(const AlignedFace& face) {
    const auto left = cheek(face, 61);
    const auto right = cheek(face, 143);
    return std::transform_reduce(left.begin(), left.end(), right.begin(), 0.0, std::plus<>(),
                                 [](double a, double b) { return std::min(a, b); });
}

}  // namespace

Light measure_light(const AlignedFace& face) {
    const Histogram shares = histogram_of(face);
    const double dark = share_of(shares, 0, 25);
    const double bright = share_of(shares, 247, 255);
    const double bits = entropy_of(shares);
    const double alike = likeness_of_cheeks(face);
    return {measured(dark, 120 * (0.832 - sigmoid(dark, 0.92, 0.05))),
            measured(bright, 1 / (bright + 0.01)), measured(bits, 12.5 * bits),
            measured(alike, 100 * std::pow(alike, 0.3))};
}

}  // namespace faceward::face
