#pragma once

#include "engine/face/face.hpp"
#include "engine/image/picture.hpp"
#include "engine/model/manifest.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"

#include <vector>

namespace faceward::liveness {

/// The box around a face that the networks were trained with, from the detector's: wider and lower,
/// as the detector of their makers draws it.
image::Box reference_box(const image::Box& detected);

/// How many times a box fits into the picture, by the side that fits less: how much of the scene
/// around a face there is to judge by.
float context_of(const image::Box& box, image::Size picture);

/// The box that a crop is cut around.
image::Box box_for(const model::CropEntry& crop, const image::Box& detected);

/// The part of a picture `scale` times as large as the box, around its middle; moved inwards, and
/// shrunk where the picture is too small, but never padded, because a black edge looks like an
/// attack to the networks. Resized bilinearly to `size`, shape not kept.
image::Picture cut_surroundings(image::PictureView picture, const image::Box& box, float scale,
                                image::Size size);

/// One network that tells presentation attacks, ready to run.
struct AttackDetector {
    model::Session session;
    float crop_scale = 1;
    int bona_fide = 0;  ///< index of the class among the logits
};

/// A picture's evidence: for each network the log-odds of an attack, within ±10.
using Evidence = std::vector<double>;

/// Runs all networks on a face, `detected` being the detector's box: for each the mean of the
/// log-odds over its crops. Fails with `inference_failed`.
Result<Evidence> gather_evidence(std::vector<AttackDetector>& detectors, image::PictureView picture,
                                 const image::Box& detected,
                                 const std::vector<std::vector<model::CropEntry>>& crops);

/// logit = sum of weight × evidence + intercept.
double fuse(const Evidence& evidence, const model::EvidenceFusion& fusion);

/// 1 / (1 + exp(−logit)).
double probability(double logit);

}  // namespace faceward::liveness
