#include "engine/face/heads.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace faceward::face {
namespace {

using model::TensorView;
using Outputs = std::span<const TensorView>;

constexpr std::array<int, 3> strides{8, 16, 32};

tl::unexpected<Error> misshapen(const std::string& head) {
    return fail(Fault::pack_invalid, "the detector's outputs are not those of a " + head + " head");
}

/// The outputs whose last axis is `width`, most values first.
std::vector<const TensorView*> by_width(Outputs outputs, std::size_t width) {
    std::vector<const TensorView*> found;
    for (const TensorView& tensor : outputs)
        if (!tensor.shape.empty() && tensor.shape.back() == width) found.push_back(&tensor);
    std::ranges::sort(found, std::ranges::greater{},
                      [](const TensorView* t) { return t->values.size(); });
    return found;
}

std::size_t cells(image::Size input, int stride) {
    return static_cast<std::size_t>(input.width / stride) *
           static_cast<std::size_t>(input.height / stride);
}

/// Column and row of the i-th cell.
image::Point cell_at(std::size_t i, std::size_t columns) {
    const std::size_t row = i / columns;
    return {static_cast<float>(i - row * columns), static_cast<float>(row)};
}

float clamp01(float value) { return std::clamp(value, 0.0F, 1.0F); }

image::Box around(float x, float y, float width, float height) {
    return {x - width / 2, y - height / 2, x + width / 2, y + height / 2};
}

Result<std::vector<Face>> decode_yunet(Outputs outputs, image::Size input, float threshold) {
    // Each stride has two values in 0…1 whose product counts, so it does not matter which of them
    // is which.
    const auto scores = by_width(outputs, 1);
    const auto boxes = by_width(outputs, 4);
    const auto points = by_width(outputs, 10);
    if (scores.size() != 6 || boxes.size() != 3 || points.size() != 3) return misshapen("yunet");
    std::vector<Face> faces;
    for (std::size_t level = 0; level < 3; ++level) {
        const int stride = strides.at(level);
        const std::size_t count = cells(input, stride);
        const std::span<const float> classes = scores[2 * level]->values;
        const std::span<const float> objects = scores[2 * level + 1]->values;
        if (classes.size() != count || objects.size() != count ||
            boxes[level]->values.size() != 4 * count || points[level]->values.size() != 10 * count)
            return misshapen("yunet");
        const auto columns = static_cast<std::size_t>(input.width / stride);
        const auto step = static_cast<float>(stride);
        for (std::size_t i = 0; i < count; ++i) {
            const float score = std::sqrt(clamp01(classes[i]) * clamp01(objects[i]));
            if (score < threshold) continue;
            const auto [column, row] = cell_at(i, columns);
            const float* b = boxes[level]->values.data() + 4 * i;
            const float* k = points[level]->values.data() + 10 * i;
            Face face{around((column + b[0]) * step, (row + b[1]) * step, std::exp(b[2]) * step,
                             std::exp(b[3]) * step),
                      score,
                      {}};
            for (std::size_t p = 0; p < 5; ++p)
                face.points[p] = {(column + k[2 * p]) * step, (row + k[2 * p + 1]) * step};
            faces.push_back(face);
        }
    }
    return faces;
}

Result<std::vector<Face>> decode_scrfd(Outputs outputs, image::Size input, float threshold) {
    constexpr std::size_t anchors = 2;
    const auto scores = by_width(outputs, 1);
    const auto boxes = by_width(outputs, 4);
    const auto points = by_width(outputs, 10);
    if (scores.size() != 3 || boxes.size() != 3 || points.size() != 3) return misshapen("scrfd");
    std::vector<Face> faces;
    for (std::size_t level = 0; level < 3; ++level) {
        const int stride = strides.at(level);
        const std::size_t count = anchors * cells(input, stride);
        if (scores[level]->values.size() != count || boxes[level]->values.size() != 4 * count ||
            points[level]->values.size() != 10 * count)
            return misshapen("scrfd");
        const auto columns = static_cast<std::size_t>(input.width / stride);
        const auto step = static_cast<float>(stride);
        for (std::size_t i = 0; i < count; ++i) {
            const float score = scores[level]->values[i];
            if (score < threshold) continue;
            const auto [column, row] = cell_at(i / anchors, columns);
            const float x = column * step;
            const float y = row * step;
            const float* d = boxes[level]->values.data() + 4 * i;
            const float* k = points[level]->values.data() + 10 * i;
            Face face{
                {x - d[0] * step, y - d[1] * step, x + d[2] * step, y + d[3] * step}, score, {}};
            for (std::size_t p = 0; p < 5; ++p)
                face.points[p] = {x + k[2 * p] * step, y + k[2 * p + 1] * step};
            faces.push_back(face);
        }
    }
    return faces;
}

/// A prior box of RetinaFace, relative to the input: centre and side lengths.
struct Prior {
    float x, y, width, height;
};

std::vector<Prior> retinaface_priors(image::Size input) {
    constexpr std::array<std::array<int, 2>, 3> sides{{{16, 32}, {64, 128}, {256, 512}}};
    const auto width = static_cast<float>(input.width);
    const auto height = static_cast<float>(input.height);
    std::vector<Prior> priors;
    for (std::size_t level = 0; level < sides.size(); ++level) {
        const int step = strides.at(level);
        const int rows = (input.height + step - 1) / step;
        const int columns = (input.width + step - 1) / step;
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column)
                for (const int side : sides.at(level))
                    priors.push_back(
                        {(static_cast<float>(column) + 0.5F) * static_cast<float>(step) / width,
                         (static_cast<float>(row) + 0.5F) * static_cast<float>(step) / height,
                         static_cast<float>(side) / width, static_cast<float>(side) / height});
    }
    return priors;
}

Result<std::vector<Face>> decode_retinaface(Outputs outputs, image::Size input, float threshold) {
    constexpr float centre_variance = 0.1F;
    constexpr float size_variance = 0.2F;
    const auto boxes = by_width(outputs, 4);
    const auto classes = by_width(outputs, 2);
    const auto points = by_width(outputs, 10);
    const std::vector<Prior> priors = retinaface_priors(input);
    if (boxes.size() != 1 || classes.size() != 1 || points.size() != 1 ||
        boxes[0]->values.size() != 4 * priors.size() ||
        classes[0]->values.size() != 2 * priors.size() ||
        points[0]->values.size() != 10 * priors.size())
        return misshapen("retinaface");
    const auto width = static_cast<float>(input.width);
    const auto height = static_cast<float>(input.height);
    std::vector<Face> faces;
    for (std::size_t i = 0; i < priors.size(); ++i) {
        const float score = classes[0]->values[2 * i + 1];
        if (score < threshold) continue;
        const Prior& prior = priors[i];
        const float* b = boxes[0]->values.data() + 4 * i;
        const float* k = points[0]->values.data() + 10 * i;
        const auto place = [&](float dx, float dy) {
            return image::Point{(prior.x + dx * centre_variance * prior.width) * width,
                                (prior.y + dy * centre_variance * prior.height) * height};
        };
        const image::Point centre = place(b[0], b[1]);
        Face face{around(centre.x, centre.y, prior.width * std::exp(b[2] * size_variance) * width,
                         prior.height * std::exp(b[3] * size_variance) * height),
                  score,
                  {}};
        for (std::size_t p = 0; p < 5; ++p) face.points[p] = place(k[2 * p], k[2 * p + 1]);
        faces.push_back(face);
    }
    return faces;
}

Result<std::vector<Face>> decode_retinaface_rows(Outputs outputs, image::Size input,
                                                 float threshold) {
    constexpr std::size_t row_length = 16;
    if (outputs.size() != 1 || outputs[0].values.size() % row_length != 0)
        return misshapen("retinaface_rows");
    std::vector<Face> faces;
    for (std::size_t i = 0; i < outputs[0].values.size(); i += row_length) {
        const float* row = outputs[0].values.data() + i;
        if (row[15] < threshold) continue;
        Face face{{row[0], row[1], row[2], row[3]}, row[15], {}};
        for (std::size_t p = 0; p < 5; ++p) face.points[p] = {row[4 + 2 * p], row[5 + 2 * p]};
        faces.push_back(face);
    }
    transform(faces, {static_cast<float>(input.width), static_cast<float>(input.height)}, {0, 0});
    return faces;
}

Result<std::vector<Face>> decode_centerface(Outputs outputs, image::Size input, float threshold) {
    constexpr int stride = 4;
    const std::size_t plane = cells(input, stride);
    if (outputs.size() != 4 || outputs[0].values.size() != plane ||
        outputs[1].values.size() != 2 * plane || outputs[2].values.size() != 2 * plane ||
        outputs[3].values.size() != 10 * plane)
        return misshapen("centerface");
    const auto at = [&](std::size_t output, std::size_t channel, std::size_t cell) {
        return outputs[output].values[channel * plane + cell];
    };
    const auto columns = static_cast<std::size_t>(input.width / stride);
    std::vector<Face> faces;
    for (std::size_t i = 0; i < plane; ++i) {
        const float score = at(0, 0, i);
        if (score < threshold) continue;
        const float height = std::exp(at(1, 0, i)) * stride;
        const float width = std::exp(at(1, 1, i)) * stride;
        const auto [column, row] = cell_at(i, columns);
        const float x = (column + at(2, 1, i) + 0.5F) * stride;
        const float y = (row + at(2, 0, i) + 0.5F) * stride;
        Face face{around(x, y, width, height), score, {}};
        for (std::size_t p = 0; p < 5; ++p)
            face.points[p] = {at(3, 2 * p + 1, i) * width + face.box.x1,
                              at(3, 2 * p, i) * height + face.box.y1};
        faces.push_back(face);
    }
    return faces;
}

}  // namespace

Result<std::vector<Face>> decode_head(model::Head head, Outputs outputs, image::Size input,
                                      float threshold) {
    switch (head) {
        case model::Head::yunet:
            return decode_yunet(outputs, input, threshold);
        case model::Head::scrfd:
            return decode_scrfd(outputs, input, threshold);
        case model::Head::retinaface:
            return decode_retinaface(outputs, input, threshold);
        case model::Head::retinaface_rows:
            return decode_retinaface_rows(outputs, input, threshold);
        case model::Head::centerface:
            return decode_centerface(outputs, input, threshold);
    }
    return fail(Fault::internal, "an unknown detector head");
}

}  // namespace faceward::face
