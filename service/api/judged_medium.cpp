#include "service/api/judged_medium.hpp"

#include "engine/template/score.hpp"

#include <chrono>

namespace faceward::api {

UnixTime unix_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(now).count()) /
           1e6;
}

const KindWords& words_of(media::Container container) {
    static constexpr KindWords picture{"IMAGE_FOLDER", "original", "image_id", "image_url"};
    static constexpr KindWords video{"VIDEO_FOLDER", "video", "video_id", "video_url"};
    static constexpr KindWords archive{"SHOTS_SET_FOLDER", "shots_set", "shots_set_id",
                                       "shots_set_url"};
    switch (media::kind_of(container)) {
        case media::Kind::picture:
            return picture;
        case media::Kind::video:
            return video;
        case media::Kind::archive:
            break;
    }
    return archive;
}

double confidence_of(const JudgedMedium& medium) {
    return templates::quantised(medium.judgement.verdict.attack_probability);
}

bool is_declined_by_motion(const JudgedMedium& medium, double threshold) {
    return confidence_of(medium) > threshold &&
           !(templates::quantised(medium.judgement.verdict.networks_probability) > threshold);
}

Json info_of(const JudgedMedium& medium) {
    const media::MediumFacts& facts = medium.judgement.verdict.facts;
    const std::string_view type = media::mime_type(medium.judgement.container);
    Json inner;
    switch (media::kind_of(medium.judgement.container)) {
        case media::Kind::picture:
            inner = {{"md5", medium.md5},
                     {"width", facts.upright.width},
                     {"height", facts.upright.height},
                     {"size", medium.bytes},
                     {"mime-type", type}};
            break;
        case media::Kind::video:
            inner = {{"duration", rounded(facts.seconds, 6)},
                     {"FPS", rounded(facts.rate, 2)},
                     {"width", facts.stored.width},
                     {"height", facts.stored.height},
                     {"md5", medium.md5},
                     {"size", medium.bytes},
                     {"mime-type", type}};
            break;
        case media::Kind::archive:
            inner = {{"count", facts.frames},          {"width", facts.upright.width},
                     {"height", facts.upright.height}, {"md5", medium.md5},
                     {"size", medium.bytes},           {"mime-type", type}};
            break;
    }
    return {{"thumb", nullptr}, {words_of(medium.judgement.container).info, std::move(inner)}};
}

}  // namespace faceward::api
