#pragma once

#include <span>

namespace faceward::liveness {

/// A point of a plane.
struct PlanePoint {
    double x = 0;
    double y = 0;
};

/// Mean distance that is left between `to` and `from` moved by the best homography (Hartley and
/// Zisserman, Multiple View Geometry, 2nd edition, section 4.1): the normalised direct linear
/// transformation, then Levenberg–Marquardt on the distances themselves. Both hold the same number
/// of points, at least 4, not all on a line.
double homography_residual(std::span<const PlanePoint> from, std::span<const PlanePoint> to);

}  // namespace faceward::liveness
