#include "engine/face/draw_faces.hpp"

#include "engine/image/draw.hpp"

#include <algorithm>
#include <cstring>

namespace faceward::face {

image::Picture with_faces_drawn(image::PictureView picture, std::span<const Face> faces) {
    constexpr image::Colour box_colour{80, 220, 60};
    constexpr image::Colour point_colour{40, 120, 255};
    image::Picture drawn(picture.size);
    for (int y = 0; y < picture.size.height; ++y)
        std::memcpy(drawn.row(y), picture.row(y), static_cast<std::size_t>(drawn.stride()));
    for (const Face& face : faces) {
        const float width = std::max(1.0F, size_of(face) / 80);
        image::draw_box(drawn, face.box, width, box_colour);
        for (const image::Point& point : face.points)
            image::draw_line(drawn, point, point, 3 * width, point_colour);
    }
    return drawn;
}

}  // namespace faceward::face
