#include "engine/liveness/still_face.hpp"

#include "engine/liveness/homography.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace faceward::liveness {
namespace {

namespace mesh = face::mesh;

constexpr std::size_t least_frames = 5;

double median(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// Linear interpolation between the two nearest ranks.
double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const double rank = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (rank - static_cast<double>(below)) * (values[above] - values[below]);
}

double standard_deviation(const std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double sum = 0;
    for (const double value : values) sum += (value - mean) * (value - mean);
    return std::sqrt(sum / count);
}

/// The mesh's flat points around their mean.
std::vector<PlanePoint> centred(const face::Mesh& points) {
    std::vector<PlanePoint> flat(std::min(points.size(), mesh::face_points));
    PlanePoint mean;
    for (std::size_t i = 0; i < flat.size(); ++i) {
        mean.x += points[i].x / static_cast<double>(flat.size());
        mean.y += points[i].y / static_cast<double>(flat.size());
    }
    for (std::size_t i = 0; i < flat.size(); ++i)
        flat[i] = {points[i].x - mean.x, points[i].y - mean.y};
    return flat;
}

/// Each point's median place over the frames.
std::vector<PlanePoint> median_shape(const std::vector<std::vector<PlanePoint>>& shapes) {
    std::vector<PlanePoint> result(shapes.front().size());
    std::vector<double> x(shapes.size());
    std::vector<double> y(shapes.size());
    for (std::size_t point = 0; point < result.size(); ++point) {
        for (std::size_t frame = 0; frame < shapes.size(); ++frame) {
            x[frame] = shapes[frame][point].x;
            y[frame] = shapes[frame][point].y;
        }
        result[point] = {median(x), median(y)};
    }
    return result;
}

/// How much a clip's stillness is worth: a face may well rest for a few seconds. Chosen on parts of
/// Replay-Attack devel's sequences so that 3, 4 and 6 seconds add at most one in 30 to the faces
/// taken for photographs (docs/accuracy.md).
double worth(std::span<const TimedMesh> frames) {
    constexpr double full_seconds = 9;
    constexpr double full_frames = 10;
    constexpr double power = 1.5;
    const double seconds = frames.back().seconds - frames.front().seconds;
    const double by_time = std::pow(std::clamp(seconds / full_seconds, 0.0, 1.0), power);
    return by_time * std::min(1.0, static_cast<double>(frames.size()) / full_frames);
}

}  // namespace

std::optional<Stillness> measure_stillness(std::span<const TimedMesh> frames,
                                           const model::StillnessFit& fit) {
    constexpr double floor = 1e-4;
    if (frames.size() < least_frames) return std::nullopt;
    std::vector<double> openings;
    std::vector<double> eye_spans;
    std::vector<std::vector<PlanePoint>> shapes;
    for (const TimedMesh& frame : frames) {
        openings.push_back(face::eye_aspect_ratio(frame.points));
        eye_spans.push_back(
            face::distance(frame.points[mesh::left_outer], frame.points[mesh::right_outer]));
        shapes.push_back(centred(frame.points));
    }
    const std::vector<PlanePoint> reference = median_shape(shapes);
    std::vector<double> residuals;
    residuals.reserve(shapes.size());
    for (const auto& shape : shapes) residuals.push_back(homography_residual(shape, reference));

    Stillness stillness;
    stillness.eyes = standard_deviation(openings);
    stillness.plane = percentile(residuals, 0.9) / std::max(1.0, median(eye_spans));
    stillness.log_odds = fit.eyes * std::log(stillness.eyes + floor) +
                         fit.plane * std::log(stillness.plane + floor) + fit.intercept;
    stillness.weight = worth(frames);
    return stillness;
}

double added_by(const Stillness& stillness) {
    // How far a face may be on the moving side of the fit before stillness counts for nothing;
    // chosen on Replay-Attack devel, see docs/accuracy.md.
    constexpr double reach = 2;
    // ln(1 + exp(x)), which does not overflow.
    const double x = stillness.log_odds + reach;
    return stillness.weight * (std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))));
}

}  // namespace faceward::liveness
