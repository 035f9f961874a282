#include "engine/face/embedder.hpp"

#include "engine/face/align.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace faceward::face {
namespace {

const image::Picture* crop_of(const std::vector<image::Picture>& crops, image::Size size) {
    const auto found = std::ranges::find_if(
        crops, [&](const image::Picture& crop) { return crop.size() == size; });
    return found == crops.end() ? nullptr : &*found;
}

/// Scales a vector to a length. Fails with `template_not_extracted` for a zero vector.
Result<void> scale_to(std::vector<float>& vector, float wanted) {
    const float length =
        std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0F));
    if (!(length > 1e-6F) || !std::isfinite(length))
        return fail(Fault::template_not_extracted, "the face gives no features");
    for (float& value : vector) value *= wanted / length;
    return {};
}

/// A recogniser's unit vector.
Result<std::vector<float>> features_of(model::Session& session, image::PictureView crop) {
    const auto outputs = session.run(crop);
    if (!outputs) return tl::make_unexpected(outputs.error());
    const std::span<const float> raw = outputs->front().values;
    std::vector<float> features(raw.begin(), raw.end());
    if (const auto scaled = scale_to(features, 1); !scaled)
        return tl::make_unexpected(scaled.error());
    return features;
}

}  // namespace

Result<std::vector<image::Picture>> Embedder::align(image::PictureView picture,
                                                    const Face& face) const {
    // Below about ten pixels between the eyes the crop is an enlargement of nothing.
    constexpr float min_eye_distance = 8;
    const float eyes =
        std::hypot(face.points[1].x - face.points[0].x, face.points[1].y - face.points[0].y);
    const float mouth_to_eyes =
        std::hypot(face.points[3].x - face.points[0].x, face.points[3].y - face.points[0].y);
    // A profile's eyes are close together on the picture however large it is: the face's height
    // then tells its size.
    if (!(std::max(eyes, mouth_to_eyes) >= min_eye_distance))
        return fail(Fault::template_not_extracted, "the face is too small");
    std::vector<image::Picture> crops;
    for (const model::Session& session : sessions_) {
        if (crop_of(crops, session.input_size())) continue;
        const auto to_crop = similarity_to_crop(face.points, session.input_size());
        if (!to_crop) return tl::make_unexpected(to_crop.error());
        crops.push_back(cut(picture, *to_crop, session.input_size()));
    }
    return crops;
}

Result<std::vector<float>> Embedder::embed(const std::vector<image::Picture>& crops) {
    const float share = 1 / std::sqrt(static_cast<float>(sessions_.size()));
    std::vector<float> features;
    for (model::Session& session : sessions_) {
        const image::Picture* crop = crop_of(crops, session.input_size());
        if (!crop) return fail(Fault::internal, "a crop is missing");
        auto own = features_of(session, crop->view());
        if (!own) return own;
        if (mirrored_) {
            const auto other = features_of(session, image::mirrored(crop->view()).view());
            if (!other) return other;
            std::ranges::transform(*own, *other, own->begin(), std::plus{});
        }
        if (const auto scaled = scale_to(*own, share); !scaled)
            return tl::make_unexpected(scaled.error());
        features.insert(features.end(), own->begin(), own->end());
    }
    return features;
}

}  // namespace faceward::face
