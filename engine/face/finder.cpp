#include "engine/face/finder.hpp"

#include "engine/face/align.hpp"
#include "engine/face/heads.hpp"
#include "engine/image/transform.hpp"

#include <algorithm>
#include <cmath>

namespace faceward::face {
namespace {

constexpr float overlap_limit = 0.3F;

/// Start offsets of tiles of `side` that cover `length` and share at least `shared` pixels.
std::vector<int> tile_starts(int length, int side, int shared) {
    std::vector<int> starts{0};
    while (starts.back() + side < length) starts.push_back(starts.back() + side - shared);
    return starts;
}

image::Box enlarged(const image::Box& box, float factor) {
    const image::Point centre = box.centre();
    const float x = factor * box.width() / 2;
    const float y = factor * box.height() / 2;
    return {centre.x - x, centre.y - y, centre.x + x, centre.y + y};
}

std::vector<Face> at_least(std::vector<Face> faces, float score) {
    std::erase_if(faces, [&](const Face& face) { return face.score < score; });
    return faces;
}

/// Small faces that the detector is unsure of are ornaments and textures.
std::vector<Face> large_enough(std::vector<Face> unsure) {
    constexpr float least_size = 32;  // pixels
    std::erase_if(unsure, [](const Face& face) { return size_of(face) < least_size; });
    return unsure;
}

/// What a refiner makes of a face's crop.
struct SecondLook {
    bool any = false;                 ///< it sees some face
    std::optional<Landmarks> points;  ///< of the face in question
};

Result<SecondLook> look_again(image::PictureView picture, const Face& face, Refiner& refiner) {
    constexpr float crop_side = 1.6F;  // of the longer side of the box
    constexpr float min_overlap = 0.3F;
    const image::Size input = refiner.session.input_size();
    const Square square = cut_square(picture, enlarged(face.box, crop_side), input.width);
    const auto outputs = refiner.session.run(square.crop.view());
    if (!outputs) return tl::make_unexpected(outputs.error());
    auto seen = decode_head(refiner.head, *outputs, input, refiner.score);
    if (!seen) return tl::make_unexpected(seen.error());
    if (seen->empty()) return SecondLook{};
    transform(*seen, {square.scale, square.scale}, square.corner);
    const Face& best = *std::ranges::max_element(
        *seen, {}, [&](const Face& f) { return overlap(f.box, face.box); });
    if (overlap(best.box, face.box) <= min_overlap) return SecondLook{true, std::nullopt};
    return SecondLook{true, best.points};
}

void sort_by_prominence(std::vector<Face>& faces, image::Size picture) {
    std::ranges::stable_sort(faces, std::ranges::greater{},
                             [&](const Face& face) { return prominence(face, picture); });
}

}  // namespace

Result<std::vector<Face>> Finder::detect(image::PictureView picture, model::Session& session,
                                         float threshold) const {
    const image::Size input = session.input_size();
    const image::Letterbox letterbox = image::letterbox(picture, input.width);
    const auto outputs = session.run(letterbox.picture.view());
    if (!outputs) return tl::make_unexpected(outputs.error());
    auto faces = decode_head(detector_.head, *outputs, input, threshold);
    if (!faces) return faces;
    *faces = suppress_overlapping(std::move(*faces), overlap_limit);
    transform(*faces, {1 / letterbox.scale_x, 1 / letterbox.scale_y}, {0, 0});
    return faces;
}

Result<std::vector<Face>> Finder::detect_in_tiles(image::PictureView picture) {
    // Half the size, because the detector is sure of faces from 30 pixels on and ours are to be
    // found from 60 on. Tiles share more than such a face, and what is larger than the shared strip
    // was found letterboxed.
    constexpr int shrink = 2;
    constexpr int shared = 80;
    constexpr float min_score = 0.7F;
    model::Session& session = detector_.sessions.back();
    const int side = session.input_size().width;
    std::vector<Face> all;
    if (std::max(picture.size.width, picture.size.height) <= shrink * side) return all;
    const image::Picture half =
        image::resize_area(picture, {picture.size.width / shrink, picture.size.height / shrink});
    for (const int y : tile_starts(half.size().height, side, shared))
        for (const int x : tile_starts(half.size().width, side, shared)) {
            const image::Size part{std::min(side, half.size().width - x),
                                   std::min(side, half.size().height - y)};
            // A narrow tile at the border is moved inwards instead of being blown up by the
            // letterbox.
            const int left = std::max(0, x + part.width - side);
            const int top = std::max(0, y + part.height - side);
            const image::Size window{x + part.width - left, y + part.height - top};
            auto faces = detect(half.view().crop(left, top, window), session,
                                std::max(min_score, options_.detector_score));
            if (!faces) return faces;
            transform(*faces, {shrink, shrink},
                      {static_cast<float>(shrink * left), static_cast<float>(shrink * top)});
            all.insert(all.end(), faces->begin(), faces->end());
        }
    return suppress_overlapping(std::move(all), overlap_limit);
}

Result<std::optional<Face>> Finder::confirm(image::PictureView picture, const Face& face) {
    Face confirmed = face;
    int seen_by = 0;
    for (Refiner& refiner : refiners_) {
        const auto seen = look_again(picture, face, refiner);
        if (!seen) return tl::make_unexpected(seen.error());
        const bool is_first = &refiner == &refiners_.front();
        if (is_first && !seen->any && options_.refiner_veto) return std::nullopt;
        if (!seen->points) continue;
        if (seen_by++ == 0) confirmed.points = {};
        for (std::size_t i = 0; i < confirmed.points.size(); ++i) {
            confirmed.points[i].x += (*seen->points)[i].x;
            confirmed.points[i].y += (*seen->points)[i].y;
        }
    }
    for (image::Point& point : confirmed.points) {
        point.x /= static_cast<float>(std::max(1, seen_by));
        point.y /= static_cast<float>(std::max(1, seen_by));
    }
    return confirmed;
}

Result<bool> Finder::has_second_person(image::PictureView picture, const std::vector<Face>& others,
                                       const Face& main) {
    for (const Face& other : others) {
        if (!is_second_person(other, main, picture.size, options_.rule)) continue;
        const auto confirmed = confirm(picture, other);
        if (!confirmed) return tl::make_unexpected(confirmed.error());
        if (*confirmed) return true;
    }
    return false;
}

Result<std::optional<Face>> Finder::choose(image::PictureView picture, std::vector<Face> faces) {
    sort_by_prominence(faces, picture.size);
    for (auto candidate = faces.begin(); candidate != faces.end(); ++candidate) {
        auto main = confirm(picture, *candidate);
        if (!main || !*main) {
            if (!main) return main;
            continue;
        }
        if (!options_.rule.tolerate_bystanders) {
            const auto second =
                has_second_person(picture, {std::next(candidate), faces.end()}, **main);
            if (!second) return tl::make_unexpected(second.error());
            if (*second) return fail(Fault::several_faces);
        }
        return main;
    }
    return std::optional<Face>();
}

Result<std::optional<std::vector<Face>>> Finder::confirm_all(image::PictureView picture,
                                                             std::vector<Face> faces) {
    constexpr std::size_t most = 100;  // so that a picture of a crowd takes a second, not minutes
    sort_by_prominence(faces, picture.size);
    if (faces.size() > most) faces.resize(most);
    std::vector<Face> confirmed;
    for (const Face& face : faces) {
        const auto seen = confirm(picture, face);
        if (!seen) return tl::make_unexpected(seen.error());
        if (*seen) confirmed.push_back(**seen);
    }
    if (confirmed.empty()) return std::nullopt;
    return confirmed;
}

/// What `settle` makes of the faces of the first pass of which it makes anything.
template <class Settle>
std::invoke_result_t<Settle, std::vector<Face>> Finder::search(image::PictureView picture,
                                                               const Settle& settle) {
    const float lowest = options_.weak_score.value_or(options_.detector_score);
    std::vector<Face> unsure;
    for (model::Session& session : detector_.sessions) {
        auto faces = detect(picture, session, lowest);
        if (!faces) return tl::make_unexpected(faces.error());
        auto settled = settle(at_least(*faces, options_.detector_score));
        if (!settled || *settled) return settled;
        unsure.insert(unsure.end(), faces->begin(), faces->end());
    }
    auto tiled = detect_in_tiles(picture);
    if (!tiled) return tl::make_unexpected(tiled.error());
    auto settled = settle(std::move(*tiled));
    if (settled && !*settled && options_.weak_score)
        settled = settle(suppress_overlapping(large_enough(std::move(unsure)), overlap_limit));
    return settled;
}

Result<Face> Finder::find(image::PictureView picture) {
    const auto main =
        search(picture, [&](std::vector<Face> faces) { return choose(picture, std::move(faces)); });
    if (!main) return tl::make_unexpected(main.error());
    if (!*main) return fail(Fault::face_not_found);
    return **main;
}

Result<std::vector<Face>> Finder::find_all(image::PictureView picture) {
    auto all = search(
        picture, [&](std::vector<Face> faces) { return confirm_all(picture, std::move(faces)); });
    if (!all) return tl::make_unexpected(all.error());
    return std::move(*all).value_or(std::vector<Face>());
}

}  // namespace faceward::face
