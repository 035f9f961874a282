#pragma once

#include "engine/face/face.hpp"
#include "engine/face/one_person.hpp"
#include "engine/model/manifest.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"

#include <optional>
#include <type_traits>
#include <vector>

namespace faceward::face {

/// A detector network at the input sizes it is used with; `sessions` in the order in which they are
/// tried.
struct DetectorSessions {
    model::Head head;
    std::vector<model::Session> sessions;
};

/// A detector network that looks at a face's own crop.
struct Refiner {
    model::Head head;
    model::Session session;
    float score;  ///< it sees the face at or above this
};

/// Thresholds of the search, from the pack's profile.
struct FinderOptions {
    float detector_score = 0.6F;
    std::optional<float> weak_score;
    bool refiner_veto = false;
    OnePersonRule rule;
};

/// Finds the one person of a picture. Used by one thread at a time.
///
/// The search goes from coarse to fine and stops at the first pass with a face: the picture
/// letterboxed to each detector size, then, for pictures much larger than that, half-size tiles,
/// then faces the detector is unsure of. Refiners look at each face's own crop: the first one
/// confirms the unsure faces and vetoes what is none; the landmarks become the mean of those of all
/// that see the face.
class Finder {
  public:
    Finder(DetectorSessions detector, std::vector<Refiner> refiners, FinderOptions options)
        : detector_(std::move(detector)), refiners_(std::move(refiners)), options_(options) {}

    /// Another rule from now on.
    void change(const OnePersonRule& rule) { options_.rule = rule; }

    /// The main face, with its best landmarks. Fails with `face_not_found`, `several_faces`,
    /// `inference_failed`.
    Result<Face> find(image::PictureView picture);

    /// All faces of the pass that finds one, up to a hundred, each with its best landmarks, the
    /// most prominent first; perhaps none. Whoever is the one person is the first of them. Fails
    /// with `inference_failed`.
    Result<std::vector<Face>> find_all(image::PictureView picture);

    const OnePersonRule& rule() const { return options_.rule; }

  private:
    template <class Settle>
    std::invoke_result_t<Settle, std::vector<Face>> search(image::PictureView picture,
                                                           const Settle& settle);
    Result<std::optional<std::vector<Face>>> confirm_all(image::PictureView picture,
                                                         std::vector<Face> faces);
    Result<std::vector<Face>> detect(image::PictureView picture, model::Session& session,
                                     float threshold) const;
    Result<std::vector<Face>> detect_in_tiles(image::PictureView picture);
    Result<std::optional<Face>> confirm(image::PictureView picture, const Face& face);
    Result<std::optional<Face>> choose(image::PictureView picture, std::vector<Face> faces);
    Result<bool> has_second_person(image::PictureView picture, const std::vector<Face>& others,
                                   const Face& main);

    DetectorSessions detector_;
    std::vector<Refiner> refiners_;
    FinderOptions options_;
};

}  // namespace faceward::face
