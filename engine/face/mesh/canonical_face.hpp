#pragma once

#include <array>
#include <cstddef>

namespace faceward::face {

/// Two points of the canonical face that mirror each other (or one in its middle): places of the
/// mesh's numbering, the left one on the picture first; how far to each side, up and towards the
/// camera, in centimetres; and the weight of each.
struct CanonicalPair {
    std::size_t left;
    std::size_t right;
    float side;
    float up;
    float front;
    float weight;
};

/// The points that MediaPipe takes for a head's pose, of its canonical face.
inline constexpr std::array<CanonicalPair, 18> canonical_face{{
    {4, 4, 0.0000F, -0.4632F, 7.5866F, 0.07091F},
    {6, 6, 0.0000F, 2.4733F, 5.7886F, 0.03210F},
    {10, 10, 0.0000F, 8.2618F, 4.4815F, 0.00845F},
    {33, 263, 4.4459F, 2.6640F, 3.1734F, 0.05872F},
    {54, 284, 6.2793F, 6.6154F, 1.4259F, 0.00767F},
    {67, 297, 3.5240F, 8.0060F, 3.7292F, 0.00908F},
    {117, 346, 5.2587F, 0.9458F, 2.9743F, 0.00979F},
    {119, 348, 3.3007F, 0.8616F, 3.8728F, 0.01457F},
    {121, 350, 1.8207F, 1.4680F, 4.2241F, 0.01859F},
    {127, 356, 7.7431F, 2.3650F, -2.0052F, 0.00520F},
    {129, 358, 1.7858F, -0.9783F, 4.8505F, 0.12063F},
    {132, 361, 7.2709F, -2.8909F, -2.2525F, 0.00556F},
    {133, 362, 1.8564F, 2.5852F, 3.7579F, 0.05329F},
    {136, 365, 5.0853F, -7.1786F, 0.7147F, 0.06689F},
    {143, 372, 6.4076F, 2.2360F, 1.5608F, 0.01482F},
    {147, 376, 6.2349F, -1.9444F, 1.6635F, 0.01426F},
    {198, 420, 1.2468F, 0.2303F, 5.6810F, 0.02546F},
    {205, 425, 3.8329F, -1.5373F, 4.1377F, 0.04725F},
}};

}  // namespace faceward::face
