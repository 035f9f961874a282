#include "engine/face/mesh/blendshapes.hpp"

#include <algorithm>

namespace faceward::face {

Result<void> Blendshapes::look(const Mesh& points) {
    std::vector<float> input;
    input.reserve(2 * points_.size());
    for (const int place : points_) {
        const MeshPoint& point = points[static_cast<std::size_t>(place)];
        input.push_back(point.x);
        input.push_back(point.y);
    }
    const auto outputs = session_.run(input);
    if (!outputs) return tl::make_unexpected(outputs.error());
    const auto values = outputs->front().values;
    values_.assign(values.begin(), values.end());
    return {};
}

float Blendshapes::coefficient(std::string_view name) const {
    const auto found = std::ranges::find(coefficients_, name);
    return values_.at(static_cast<std::size_t>(found - coefficients_.begin()));
}

}  // namespace faceward::face
