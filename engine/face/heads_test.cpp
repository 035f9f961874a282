#include "engine/face/heads.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <deque>

namespace faceward::face {
namespace {

/// Outputs that a test fills by hand; all zero at first.
class Outputs {
  public:
    std::span<float> add(std::vector<std::size_t> shape) {
        std::size_t count = 1;
        for (const std::size_t n : shape) count *= n;
        Tensor& tensor = tensors_.emplace_back(Tensor{std::move(shape), std::vector<float>(count)});
        return tensor.values;
    }
    std::vector<model::TensorView> views() const {
        std::vector<model::TensorView> views;
        for (const Tensor& t : tensors_) views.push_back({t.shape, t.values});
        return views;
    }

  private:
    struct Tensor {
        std::vector<std::size_t> shape;
        std::vector<float> values;
    };
    std::deque<Tensor> tensors_;
};

constexpr image::Size input{64, 64};

void expect_face(const Face& face, image::Box box, float score, image::Point first,
                 image::Point last) {
    EXPECT_NEAR(face.box.x1, box.x1, 1e-3);
    EXPECT_NEAR(face.box.y1, box.y1, 1e-3);
    EXPECT_NEAR(face.box.x2, box.x2, 1e-3);
    EXPECT_NEAR(face.box.y2, box.y2, 1e-3);
    EXPECT_NEAR(face.score, score, 1e-6);
    EXPECT_NEAR(face.points.front().x, first.x, 1e-3);
    EXPECT_NEAR(face.points.front().y, first.y, 1e-3);
    EXPECT_NEAR(face.points.back().x, last.x, 1e-3);
    EXPECT_NEAR(face.points.back().y, last.y, 1e-3);
}

std::vector<Face> decoded(model::Head head, const Outputs& outputs) {
    const auto views = outputs.views();
    const auto faces = decode_head(head, views, input, 0.5F);
    EXPECT_TRUE(faces) << faces.error().reason;
    return faces.value_or(std::vector<Face>{});
}

TEST(Heads, Yunet) {
    Outputs outputs;
    for (const std::size_t stride : {8U, 16U, 32U}) {
        const std::size_t cells = (64 / stride) * (64 / stride);
        const auto classes = outputs.add({1, cells, 1});
        const auto objects = outputs.add({1, cells, 1});
        const auto boxes = outputs.add({1, cells, 4});
        const auto points = outputs.add({1, cells, 10});
        if (stride != 16) continue;
        const std::size_t cell = 4 * 2 + 1;  // row 2, column 1
        classes[cell] = 0.64F;
        objects[cell] = 1.5F;  // counts as 1
        const float values[] = {0.5F, 0.25F, std::log(2.0F), std::log(3.0F)};
        std::ranges::copy(values, boxes.begin() + 4 * cell);
        points[10 * cell] = -0.5F;
        points[10 * cell + 1] = 0.5F;
        points[10 * cell + 9] = 1;
    }
    const auto faces = decoded(model::Head::yunet, outputs);
    ASSERT_EQ(faces.size(), 1U);
    expect_face(faces[0], {24 - 16, 36 - 24, 24 + 16, 36 + 24}, 0.8F, {8, 40}, {16, 48});
}

TEST(Heads, Scrfd) {
    Outputs outputs;
    for (const std::size_t width : {1U, 4U, 10U})
        for (const std::size_t stride : {8U, 16U, 32U}) {
            const std::size_t anchors = 2 * (64 / stride) * (64 / stride);
            const auto values = outputs.add({anchors, width});
            if (stride != 32) continue;
            const std::size_t anchor = 2 * (2 * 1 + 1) + 1;  // row 1, column 1, second anchor
            for (std::size_t i = 0; i < width; ++i)
                values[anchor * width + i] = width == 1 ? 0.9F : 0.25F * static_cast<float>(i);
        }
    const auto faces = decoded(model::Head::scrfd, outputs);
    ASSERT_EQ(faces.size(), 1U);
    expect_face(faces[0], {32, 32 - 8, 32 + 16, 32 + 24}, 0.9F, {32, 40}, {96, 104});
}

TEST(Heads, Retinaface) {
    const std::size_t priors = 2 * (64 + 16 + 4);
    Outputs outputs;
    const auto boxes = outputs.add({1, priors, 4});
    const auto classes = outputs.add({1, priors, 2});
    const auto points = outputs.add({1, priors, 10});
    const std::size_t prior = 2 * 64 + 2 * (4 * 1 + 2);  // stride 16, row 1, column 2, side 64
    classes[2 * prior + 1] = 0.75F;
    boxes[4 * prior] = 1;                          // a tenth of the prior's width to the right
    boxes[4 * prior + 3] = std::log(2.0F) / 0.2F;  // twice as high
    points[10 * prior] = -1;
    points[10 * prior + 9] = 2;
    const auto faces = decoded(model::Head::retinaface, outputs);
    ASSERT_EQ(faces.size(), 1U);
    expect_face(faces[0], {46.4F - 32, 24 - 64, 46.4F + 32, 24 + 64}, 0.75F, {40 - 6.4F, 24},
                {40, 24 + 12.8F});
}

TEST(Heads, RetinafaceRows) {
    Outputs outputs;
    const auto rows = outputs.add({2, 16});
    const float row[] = {0.25F, 0.5F, 0.75F, 1, 0.3F, 0.6F, 0, 0, 0, 0, 0, 0, 0.7F, 0.9F, 1, 0.95F};
    std::ranges::copy(row, rows.begin() + 16);
    const auto faces = decoded(model::Head::retinaface_rows, outputs);
    ASSERT_EQ(faces.size(), 1U);
    expect_face(faces[0], {16, 32, 48, 64}, 0.95F, {19.2F, 38.4F}, {44.8F, 57.6F});
}

TEST(Heads, RetinafaceRowsMayBeNone) {
    Outputs outputs;
    outputs.add({0, 16});
    EXPECT_TRUE(decoded(model::Head::retinaface_rows, outputs).empty());
}

TEST(Heads, Centerface) {
    constexpr std::size_t plane = 16 * 16;
    constexpr std::size_t cell = 16 * 5 + 7;
    Outputs outputs;
    outputs.add({1, 1, 16, 16})[cell] = 0.6F;
    const auto sizes = outputs.add({1, 2, 16, 16});
    const auto offsets = outputs.add({1, 2, 16, 16});
    const auto points = outputs.add({1, 10, 16, 16});
    sizes[cell] = std::log(4.0F);          // height 16
    sizes[plane + cell] = std::log(3.0F);  // width 12
    offsets[cell] = 0.25F;                 // down
    offsets[plane + cell] = -0.25F;        // left
    points[cell] = 0.5F;                   // first point: y
    points[9 * plane + cell] = 1;          // last point: x
    const auto faces = decoded(model::Head::centerface, outputs);
    ASSERT_EQ(faces.size(), 1U);
    expect_face(faces[0], {29 - 6, 23 - 8, 29 + 6, 23 + 8}, 0.6F, {23, 23}, {35, 15});
}

class Misshapen : public testing::TestWithParam<model::Head> {};

TEST_P(Misshapen, OutputsAreAnErrorNotARead) {
    Outputs outputs;
    outputs.add({1, 3, 1});
    outputs.add({1, 3, 5});
    const auto views = outputs.views();
    const auto faces = decode_head(GetParam(), views, input, 0.5F);
    ASSERT_FALSE(faces);
    EXPECT_EQ(faces.error().fault, Fault::pack_invalid);
}

INSTANTIATE_TEST_SUITE_P(Heads, Misshapen,
                         testing::Values(model::Head::yunet, model::Head::scrfd,
                                         model::Head::retinaface, model::Head::retinaface_rows,
                                         model::Head::centerface));

}  // namespace
}  // namespace faceward::face
