#include "engine/liveness/verdict.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <numeric>
#include <span>

namespace faceward::liveness {
namespace {

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double middle_of(std::span<const double> values) {
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    return sorted[sorted.size() / 2];
}

/// A part must look this much more like an attack than the whole to count against it: live faces
/// rest for a while. Chosen on Replay-Attack devel, see docs/accuracy.md.
constexpr double part_reserve = 0.5;

/// Meshes [first, last).
struct Range {
    std::size_t first;
    std::size_t last;
};

std::array<Range, 5> parts_of(std::size_t count) {
    const std::size_t quarter = count / 4;
    const std::size_t half = count / 2;
    return {{{0, half},
             {count - half, count},
             {quarter, count},
             {0, count - quarter},
             {quarter, count - quarter}}};
}

bool is_usable(const FrameEvidence& frame) { return frame.why_not_usable.empty(); }

std::vector<FrameEvidence> between(std::span<const FrameEvidence> frames, double from, double to) {
    std::vector<FrameEvidence> found;
    std::ranges::copy_if(frames, std::back_inserter(found), [&](const FrameEvidence& frame) {
        return is_usable(frame) && frame.seconds >= from && frame.seconds <= to;
    });
    return found;
}

}  // namespace

double combine(std::vector<double> logits) {
    constexpr std::size_t stretch = 3;  // frames
    // A stretch must be this much surer than 0.5 to count against the rest: single frames of real
    // faces stray, three in a row by this much do not.
    constexpr double clearly = 1.5;
    double clearest = -std::numeric_limits<double>::infinity();
    for (std::size_t first = 0; first + stretch <= logits.size(); ++first)
        clearest =
            std::max(clearest, middle_of(std::span(logits).subspan(first, stretch)) - clearly);
    std::ranges::sort(logits);
    const std::size_t cut = logits.size() / 5;
    const auto middle = std::span(logits).subspan(cut, logits.size() - 2 * cut);
    return std::max(clearest, mean(middle));
}

Combined combine(std::span<const FrameEvidence> frames, std::span<const TimedMesh> meshes,
                 const std::optional<model::StillnessFit>& fit) {
    std::vector<double> logits;
    for (const FrameEvidence& frame : frames)
        if (is_usable(frame)) logits.push_back(frame.logit);
    Combined combined;
    combined.networks = combined.logit = combine(std::move(logits));
    if (fit) combined.stillness = measure_stillness(meshes, *fit);
    if (combined.stillness) combined.logit += added_by(*combined.stillness);
    return combined;
}

std::optional<TellingPart> telling_part(std::span<const FrameEvidence> frames,
                                        std::span<const TimedMesh> meshes,
                                        const std::optional<model::StillnessFit>& fit,
                                        double whole) {
    std::optional<TellingPart> telling;
    for (const auto& [first, last] : parts_of(meshes.size())) {
        if (first == last) continue;
        const auto own = meshes.subspan(first, last - first);
        TellingPart part{own.front().seconds, own.back().seconds, 0};
        const auto shown = between(frames, part.from, part.to);
        if (shown.empty()) continue;
        const Combined combined = combine(shown, own, fit);
        part.logit = combined.logit;
        if (combined.stillness && with_part(whole, part) > whole &&
            (!telling || part.logit > telling->logit))
            telling = part;
    }
    return telling;
}

double with_part(double whole, const TellingPart& part) {
    return std::max(whole, part.logit - part_reserve);
}

}  // namespace faceward::liveness
