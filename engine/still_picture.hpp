#pragma once

#include "engine/engine.hpp"
#include "engine/worker.hpp"

#include <span>

/// What a worker does with one decoded picture. `pixels` may carry the error that kept it from
/// being decoded; `watch` was started before that. The functions fail as the engine's do.
namespace faceward {

/// What making a template has to do with quality.
struct QualityWishes {
    face::QualityGates gates;
    bool told = false;  ///< it is measured even without a gate
};

/// The template of the one face, if it passes the gates.
Result<Extraction> extract_from(Worker& worker, const Result<image::PictureView>& pixels,
                                Stopwatch watch, const QualityWishes& wishes);

/// The quality of the one face.
Result<Assessment> assess_in(Worker& worker, const Result<image::PictureView>& pixels,
                             Stopwatch watch);

/// All faces.
Result<Detection> detect_in(Worker& worker, const Result<image::PictureView>& pixels,
                            Stopwatch watch, bool draw);

}  // namespace faceward
