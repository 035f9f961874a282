#include "engine/face/quality/sharpness.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace faceward::face {
namespace {

constexpr int side = AlignedFace::side;
constexpr int reach = 4;  ///< of the blur, to each side

/// A place that lies beyond the border, mirrored in the border's pixel.
int mirrored(int place) { return side - 1 - std::abs(side - 1 - std::abs(place)); }

/// The share of differences along one axis that a blur along it takes away.
template <class At>
double taken_away(const At& at) {
    double all = 0;
    double lost = 0;
    for (int across = 0; across < side; ++across)
        for (int along = 1; along < side; ++along) {
            if (!at.inside(along, across)) continue;
            const float before = std::abs(at(along, across) - at(along - 1, across));
            // Of two neighbouring means of nine, all but the outermost pixels are the same.
            const float after = std::abs(at(mirrored(along + reach), across) -
                                         at(mirrored(along - 1 - reach), across)) /
                                (2 * reach + 1);
            all += before;
            lost += std::max(0.0F, before - after);
        }
    return all > 0 ? lost / all : 0;
}

struct Rows {
    const AlignedFace& face;
    float operator()(int along, int across) const {
        return face.luma[std::size_t{side} * static_cast<std::size_t>(across) +
                         static_cast<std::size_t>(along)];
    }
    static bool inside(int along, int across) {
        return AlignedFace::is_face(2 * along, 2 * across);
    }
};

struct Columns {
    const AlignedFace& face;
    float operator()(int along, int across) const {
        return face.luma[std::size_t{side} * static_cast<std::size_t>(along) +
                         static_cast<std::size_t>(across)];
    }
    static bool inside(int along, int across) {
        return AlignedFace::is_face(2 * across, 2 * along);
    }
};

}  // namespace

Measure measure_sharpness(const AlignedFace& face) {
    const double raw = std::min(taken_away(Rows{face}), taken_away(Columns{face}));
    return measured(raw, 100 * mapped_sharpness(raw));
}

double mapped_sharpness(double raw) { return sigmoid(raw, 0.35, 0.05); }

}  // namespace faceward::face
