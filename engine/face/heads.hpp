#pragma once

#include "engine/face/face.hpp"
#include "engine/model/manifest.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"

#include <span>
#include <vector>

namespace faceward::face {

/// Reads a detector's outputs for an input of `input` pixels: faces of at least `threshold`, in
/// input pixels, before suppression of overlapping ones. Fails with `pack_invalid` when outputs are
/// missing or misshapen.
///
///   - `yunet`: twelve outputs: class, object, box and landmarks for strides 8, 16 and 32 (Wu et
///     al., "YuNet", 2023).
///   - `scrfd`: nine: score, box distances and landmarks for strides 8, 16 and 32, two anchors a
///     cell (Guo et al., arXiv 2105.04714).
///   - `retinaface`: boxes, class probabilities and landmarks against priors (Deng et al., arXiv
///     1905.00641).
///   - `retinaface_rows`: the same, decoded inside the network: rows of 16, relative to the input:
///     box, five points, an unused value, score.
///   - `centerface`: heat map, size, offset and landmarks at stride 4 (Xu et al., arXiv
///     1911.03599).
Result<std::vector<Face>> decode_head(model::Head head, std::span<const model::TensorView> outputs,
                                      image::Size input, float threshold);

}  // namespace faceward::face
