#include "engine/liveness/best_shot.hpp"

#include "engine/face/align.hpp"
#include "engine/face/mesh/head_pose.hpp"
#include "engine/liveness/attack_detector.hpp"
#include "engine/liveness/judgeability.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace faceward::liveness {
namespace {

constexpr int side = 112;

/// Luma of the aligned face (ITU-R BT.601), row by row.
using Grey = std::vector<float>;

Grey grey_of(image::PictureView picture) {
    Grey grey;
    grey.reserve(static_cast<std::size_t>(picture.size.width) *
                 static_cast<std::size_t>(picture.size.height));
    for (int y = 0; y < picture.size.height; ++y)
        for (int x = 0; x < picture.size.width; ++x) {
            const std::uint8_t* pixel = picture.row(y) + std::ptrdiff_t{3} * x;
            grey.push_back(0.114F * static_cast<float>(pixel[0]) +
                           0.587F * static_cast<float>(pixel[1]) +
                           0.299F * static_cast<float>(pixel[2]));
        }
    return grey;
}

float pixel_of(const Grey& grey, int x, int y) {
    return grey[static_cast<std::size_t>(y) * side + static_cast<std::size_t>(x)];
}

/// Mean square of the discrete Laplacian over that of the luma's own spread: what is left of fine
/// detail whatever the contrast.
float sharpness_of(const Grey& grey) {
    constexpr float half = 0.03F;  // at which a shot counts half
    const auto at = [&](int x, int y) { return pixel_of(grey, x, y); };
    double detail = 0;
    double sum = 0;
    double squares = 0;
    for (int y = 1; y < side - 1; ++y)
        for (int x = 1; x < side - 1; ++x) {
            const float here = at(x, y);
            const float curve =
                at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * here;
            detail += static_cast<double>(curve) * curve;
            sum += here;
            squares += static_cast<double>(here) * here;
        }
    constexpr double count = (side - 2) * (side - 2);
    const double variance = squares / count - sum * sum / (count * count);
    const auto ratio = static_cast<float>(detail / count / std::max(1.0, variance));
    return ratio / (ratio + half);
}

/// 1 while the middle of the face is neither darker nor brighter than faces are in good light.
float exposure_of(const Grey& grey) {
    constexpr float dark = 60;
    constexpr float bright = 200;
    float sum = 0;
    int count = 0;
    for (int y = side / 4; y < 3 * side / 4; ++y)
        for (int x = side / 4; x < 3 * side / 4; ++x, ++count) sum += pixel_of(grey, x, y);
    const float mean = sum / static_cast<float>(count);
    if (mean < dark) return std::max(0.05F, mean / dark);
    if (mean > bright) return std::max(0.05F, (255 - mean) / (255 - bright));
    return 1;
}

/// How far to the side the nose is between the eyes, 0 facing the camera.
float asymmetry(const face::Landmarks& points) {
    const float dx = points[1].x - points[0].x;
    const float dy = points[1].y - points[0].y;
    const float length = dx * dx + dy * dy;
    if (length <= 0) return 1;
    const float along =
        ((points[2].x - points[0].x) * dx + (points[2].y - points[0].y) * dy) / length;
    return std::min(1.0F, 2 * std::abs(along - 0.5F));
}

float pose_of(const face::Face& face, const face::Mesh* mesh) {
    constexpr float most_degrees = 45;
    if (mesh == nullptr) return std::max(0.05F, 1 - asymmetry(face.points));
    const face::HeadPose pose = face::head_pose(*mesh);
    const float turned = std::hypot(pose.yaw, pose.pitch);
    return std::max(0.05F, 1 - turned / most_degrees);
}

float eyes_of(const face::Mesh* mesh) {
    constexpr float open = 0.22F;
    return mesh == nullptr ? 1 : std::clamp(face::eye_aspect_ratio(*mesh) / open, 0.05F, 1.0F);
}

}  // namespace

ShotQuality rate_shot(image::PictureView picture, const face::Face& face, const face::Mesh* mesh) {
    constexpr float enough_eyes = 90;
    constexpr float enough_context = 1.6F;
    ShotQuality quality;
    quality.size = std::min(1.0F, eye_distance(face.points) / enough_eyes);
    quality.context =
        std::min(1.0F, context_of(reference_box(face.box), picture.size) / enough_context);
    quality.pose = pose_of(face, mesh);
    quality.eyes = eyes_of(mesh);
    if (const auto to_crop = face::similarity_to_crop(face.points, {side, side})) {
        const Grey grey = grey_of(face::cut(picture, *to_crop, {side, side}).view());
        quality.sharpness = sharpness_of(grey);
        quality.exposure = exposure_of(grey);
    }
    return quality;
}

}  // namespace faceward::liveness
