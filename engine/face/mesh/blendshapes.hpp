#pragma once

#include "engine/face/mesh/mesh.hpp"
#include "engine/model/manifest.hpp"
#include "engine/model/runtime.hpp"
#include "engine/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::face {

/// What a face does, by the coefficients of a network on its mesh (Grishchenko et al., arXiv
/// 2309.05782). Used by one thread at a time.
class Blendshapes {
  public:
    /// `entry` is the network's own.
    Blendshapes(model::Session session, const model::NetworkEntry& entry)
        : session_(std::move(session)),
          points_(entry.input.points),
          coefficients_(entry.coefficients) {}

    /// Looks at a mesh; `coefficient` then tells of it. Fails with `inference_failed`.
    Result<void> look(const Mesh& points);

    /// The coefficient of that name (ARKit's words, such as "jawOpen"), 0…1, of the mesh that was
    /// looked at last. Left and right are the person's. The pack's network must have it.
    float coefficient(std::string_view name) const;

  private:
    model::Session session_;
    std::vector<int> points_;
    std::vector<std::string> coefficients_;
    std::vector<float> values_;
};

}  // namespace faceward::face
