#include "engine/still_picture.hpp"

#include "engine/face/draw_faces.hpp"
#include "engine/face/quality/assess.hpp"
#include "engine/image/encode.hpp"

#include <algorithm>
#include <optional>

namespace faceward {
namespace {

/// The one person's face, and how good it is where that was asked for.
struct Assessed {
    face::Face face;
    std::optional<face::Quality> quality;
};

Result<Assessed> assess(Worker& worker, image::PictureView picture, Stopwatch& watch) {
    const auto faces = worker.finder.find_all(picture);
    if (!faces) return tl::make_unexpected(faces.error());
    const auto main = face::one_person(*faces, picture.size, worker.finder.rule());
    if (!main) return tl::make_unexpected(main.error());
    watch.lap("detect");
    auto aligned = face::align_without_colour(picture, main->points);
    if (!aligned) return tl::make_unexpected(aligned.error());
    face::Subject subject{*main, std::move(*aligned), 0};
    for (std::size_t i = 1; i < faces->size(); ++i)
        subject.next_size = std::max(subject.next_size, face::size_of((*faces)[i]));
    watch.lap("align");
    const face::QualityTools tools{worker.landmarks ? &*worker.landmarks : nullptr,
                                   worker.blendshapes ? &*worker.blendshapes : nullptr,
                                   worker.clear_score};
    const auto quality = face::assess_quality(picture, subject, tools);
    if (!quality) return tl::make_unexpected(quality.error());
    watch.lap("quality");
    return Assessed{*main, *quality};
}

/// The one face that passes the gates. Without any wish nothing but the face is looked for.
Result<Assessed> find_good_enough(Worker& worker, image::PictureView picture, Stopwatch& watch,
                                  const QualityWishes& wishes) {
    if (!wishes.told && !wishes.gates.any()) {
        const auto face = worker.finder.find(picture);
        if (!face) return tl::make_unexpected(face.error());
        watch.lap("detect");
        return Assessed{*face, std::nullopt};
    }
    auto assessed = assess(worker, picture, watch);
    if (!assessed) return assessed;
    if (auto why = face::why_refused(*assessed->quality, wishes.gates))
        return fail(Fault::template_not_extracted, std::move(*why));
    return assessed;
}

}  // namespace

Result<Extraction> extract_from(Worker& worker, const Result<image::PictureView>& pixels,
                                Stopwatch watch, const QualityWishes& wishes) {
    if (!pixels) return tl::make_unexpected(pixels.error());
    watch.lap("decode");
    const auto found = find_good_enough(worker, *pixels, watch, wishes);
    if (!found) return tl::make_unexpected(found.error());
    const auto crops = worker.embedder.align(*pixels, found->face);
    if (!crops) return tl::make_unexpected(crops.error());
    watch.lap("align");
    const auto features = worker.embedder.embed(*crops);
    if (!features) return tl::make_unexpected(features.error());
    watch.lap("embed");
    return Extraction{templates::make(*features), found->face, found->quality, watch.take()};
}

Result<Assessment> assess_in(Worker& worker, const Result<image::PictureView>& pixels,
                             Stopwatch watch) {
    if (!pixels) return tl::make_unexpected(pixels.error());
    watch.lap("decode");
    const auto assessed = assess(worker, *pixels, watch);
    if (!assessed) return tl::make_unexpected(assessed.error());
    return Assessment{*assessed->quality, watch.take()};
}

Result<Detection> detect_in(Worker& worker, const Result<image::PictureView>& pixels,
                            Stopwatch watch, bool draw) {
    if (!pixels) return tl::make_unexpected(pixels.error());
    watch.lap("decode");
    auto faces = worker.finder.find_all(*pixels);
    if (!faces) return tl::make_unexpected(faces.error());
    watch.lap("detect");
    std::ranges::stable_sort(*faces, std::ranges::greater{}, face::size_of);
    Detection detection{pixels->size, {}, {}, {}};
    if (draw) {
        constexpr int jpeg_quality = 90;
        auto encoded =
            image::encode_jpeg(face::with_faces_drawn(*pixels, *faces).view(), jpeg_quality);
        if (!encoded) return tl::make_unexpected(encoded.error());
        detection.drawn = std::move(*encoded);
        watch.lap("draw");
    }
    for (const face::Face& face : *faces) {
        detection.faces.push_back({face, std::nullopt});
        if (draw || !worker.landmarks) continue;
        const auto mesh = worker.landmarks->find(*pixels, face);
        if (!mesh) return tl::make_unexpected(mesh.error());
        detection.faces.back().pose = face::head_pose(*mesh);
    }
    watch.lap("landmarks");
    detection.times = watch.take();
    return detection;
}

}  // namespace faceward
