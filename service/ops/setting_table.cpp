#include "service/ops/setting_table.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <type_traits>

namespace faceward::ops {
namespace {

using std::chrono::milliseconds;

template <class T>
Value to_value(const T& field) {
    if constexpr (std::is_enum_v<T>)
        return std::string(word(field));
    else if constexpr (std::same_as<T, milliseconds>)
        return std::int64_t{field.count()};
    else if constexpr (std::integral<T> && !std::same_as<T, bool>)
        return static_cast<std::int64_t>(field);
    else
        return field;
}

template <class T>
void assign(T& field, const Value& value) {
    if constexpr (std::is_enum_v<T>)
        field = from_word<T>(std::get<std::string>(value)).value();
    else if constexpr (std::same_as<T, milliseconds>)
        field = milliseconds(std::get<std::int64_t>(value));
    else if constexpr (std::integral<T> && !std::same_as<T, bool>)
        field = static_cast<T>(std::get<std::int64_t>(value));
    else
        field = std::get<T>(value);
}

template <auto Member>
constexpr Setting setting(std::string_view name, std::string_view unit, Allowed allowed,
                          std::string_view meaning) {
    return {name,
            unit,
            allowed,
            meaning,
            false,
            [](const Settings& settings) { return to_value(settings.*Member); },
            [](Settings& settings, const Value& value) { assign(settings.*Member, value); }};
}

/// One that a running server takes over.
template <auto Member>
constexpr Setting live(std::string_view name, std::string_view unit, Allowed allowed,
                       std::string_view meaning) {
    Setting row = setting<Member>(name, unit, allowed, meaning);
    row.live = true;
    return row;
}

/// A measure of quality below which no template is made.
template <auto Member>
constexpr Setting gate(std::string_view name, std::string_view meaning) {
    return live<Member>(name, "", Whole{0, 100}, meaning);
}

constexpr std::int64_t mebibyte = 1'048'576;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::array<std::string_view, 3> profiles{"fast", "balanced", "accurate"};

constexpr std::array table{
    setting<&Settings::host>("host", "", Text{false}, "Address to listen on"),
    setting<&Settings::port>("port", "", Whole{0, 65535},
                             "TCP port to listen on; 0 takes a free one"),
    setting<&Settings::console>("console", "", Choice{words<ConsoleMode>},
                                "Serve the console at /console; auto: only where host is an "
                                "address of this machine alone (loopback)"),
    setting<&Settings::admin_host>("admin_host", "", Text{false},
                                   "Address on which the admin port listens"),
    setting<&Settings::admin_port>(
        "admin_port", "", Whole{0, 65535},
        "TCP port of /metrics, for Prometheus, another than port; 0: none"),
    setting<&Settings::models>("models", "", Text{true},
                               "Folder of the model pack; empty: the default pack that ./run or "
                               "./test built last"),
    setting<&Settings::profile>(
        "profile", "", Choice{profiles},
        "How templates are made; fast: one recognition network, balanced: refined landmarks and "
        "two fused networks, accurate: landmarks of two networks, and mirror images too. Templates "
        "of "
        "different profiles do not compare"),
    setting<&Settings::precision>(
        "precision", "", Choice{words<Precision>},
        "Arithmetic of the networks; f32: the same templates on every CPU, auto: a shorter type "
        "where the CPU has one"),
    setting<&Settings::compiled_cache>("compiled_cache", "", Text{false},
                                       "Folder in which compiled networks are kept for the next "
                                       "start; auto: in the cache folder, off: none"),
    setting<&Settings::workers>(
        "workers", "threads", Whole{0, 1024},
        "Worker slots, each doing one request at a time; 0: one per usable core"),
    setting<&Settings::io_threads>("io_threads", "threads", Whole{1, 64},
                                   "Threads that read and write connections"),
    live<&Settings::max_queue>(
        "max_queue", "requests", Whole{0, 1'000'000},
        "Requests that may wait for a worker slot; one more is answered 503 at once"),
    live<&Settings::max_body_bytes>("max_body_bytes", "bytes", Whole{1024, mebibyte * mebibyte},
                                    "Largest request body; a larger one is answered 413"),
    live<&Settings::max_buffered_bytes>(
        "max_buffered_bytes", "bytes", Whole{1024, mebibyte * mebibyte},
        "Memory for request bodies, arriving or in work, over all connections; what does not fit "
        "is answered 503. At least max_body_bytes"),
    live<&Settings::max_parts>("max_parts", "parts", Whole{1, 10'000'000},
                               "Most parts of a multipart body"),
    live<&Settings::max_header_bytes>("max_header_bytes", "bytes", Whole{256, mebibyte},
                                      "Largest request head: request line and headers"),
    live<&Settings::max_connections>("max_connections", "connections", Whole{1, 1'000'000},
                                     "Connections open at once; for a further one the longest "
                                     "idle one is closed, and without an "
                                     "idle one it waits"),
    live<&Settings::read_timeout_ms>("read_timeout_ms", "milliseconds", Whole{1, hour_ms},
                                     "Time for a request to arrive whole; then it is answered 408"),
    live<&Settings::idle_timeout_ms>("idle_timeout_ms", "milliseconds", Whole{1, hour_ms},
                                     "Time that a connection may stay open between requests"),
    live<&Settings::write_timeout_ms>("write_timeout_ms", "milliseconds", Whole{1, hour_ms},
                                      "Time for a client to take its answer"),
    live<&Settings::shutdown_grace_ms>("shutdown_grace_ms", "milliseconds", Whole{0, hour_ms},
                                       "Time to finish what is in flight when asked to stop"),
    live<&Settings::max_pixels>("max_pixels", "pixels", Whole{1, std::numeric_limits<int>::max()},
                                "Largest picture, width × height"),
    live<&Settings::max_progressive_scans>("max_progressive_scans", "scans", Whole{1, 10'000},
                                           "Most scans of a progressive JPEG"),
    live<&Settings::max_video_seconds>("max_video_seconds", "seconds", Whole{1, 86'400},
                                       "Longest video"),
    live<&Settings::max_video_frames>("max_video_frames", "frames", Whole{1, 10'000'000},
                                      "Most frames of a video"),
    live<&Settings::max_archive_entries>("max_archive_entries", "entries", Whole{1, 10'000'000},
                                         "Most entries of an archive, skipped ones included"),
    live<&Settings::max_archive_bytes>("max_archive_bytes", "bytes",
                                       Whole{1024, mebibyte * mebibyte},
                                       "Most bytes that an archive may unpack to"),
    live<&Settings::max_archive_ratio>(
        "max_archive_ratio", "", Whole{1, 100'000},
        "Most bytes that an archive may unpack to, as a multiple of its own"),
    setting<&Settings::sandbox>("sandbox", "", Switch{},
                                "Lock the processes that decode what clients send in: no files, no "
                                "network, few system calls, bounded memory"),
    live<&Settings::decode_timeout_ms>(
        "decode_timeout_ms", "milliseconds", Whole{1, hour_ms},
        "Time for decoding a picture, or for each frame of a video or archive"),
    setting<&Settings::max_decoder_memory_bytes>("max_decoder_memory_bytes", "bytes",
                                                 Whole{16 * mebibyte, mebibyte * mebibyte},
                                                 "Memory that each decoding process may take"),
    live<&Settings::min_second_face_ratio>("min_second_face_ratio", "", Number{0, 1},
                                           "Size, as a share of the main face's, from which a "
                                           "second face makes a picture one of several people"),
    live<&Settings::tolerate_bystanders>(
        "tolerate_bystanders", "", Switch{},
        "Accept pictures of several people: size and closeness to the centre choose the face"),
    live<&Settings::approve_threshold>("approve_threshold", "", Number{0, 1},
                                       "Comparison score from which the decision is approved"),
    live<&Settings::decline_threshold>(
        "decline_threshold", "", Number{0, 1},
        "Comparison score below which the decision is declined; at most approve_threshold"),
    gate<&Settings::min_quality_unified_score>("min_quality_unified_score",
                                               "Least unified quality score for a template to be "
                                               "made, refused with the measure's name; 0: any"),
    gate<&Settings::min_quality_inter_eye_distance>(
        "min_quality_inter_eye_distance",
        "Least quality score for the distance of the eyes, for a template to be made; 0: any"),
    gate<&Settings::min_quality_head_pose_yaw>(
        "min_quality_head_pose_yaw",
        "Least quality score for the turn to the side, for a template to be made; 0: any"),
    gate<&Settings::min_quality_head_pose_pitch>(
        "min_quality_head_pose_pitch",
        "Least quality score for the turn up or down, for a template to be made; 0: any"),
    gate<&Settings::min_quality_head_pose_roll>(
        "min_quality_head_pose_roll",
        "Least quality score for the tilt, for a template to be made; 0: any"),
    gate<&Settings::min_quality_sharpness>(
        "min_quality_sharpness",
        "Least quality score for sharpness, for a template to be made; 0: any"),
    gate<&Settings::min_quality_under_exposure_prevention>(
        "min_quality_under_exposure_prevention",
        "Least quality score for not being too dark, for a template to be made; 0: any"),
    gate<&Settings::min_quality_over_exposure_prevention>(
        "min_quality_over_exposure_prevention",
        "Least quality score for not being glaring, for a template to be made; 0: any"),
    gate<&Settings::min_quality_dynamic_range>(
        "min_quality_dynamic_range",
        "Least quality score for the range of light and dark, for a template to be made; 0: any"),
    gate<&Settings::min_quality_illumination_uniformity>(
        "min_quality_illumination_uniformity",
        "Least quality score for even light, for a template to be made; 0: any"),
    gate<&Settings::min_quality_crop_of_the_face_image>(
        "min_quality_crop_of_the_face_image",
        "Least quality score for not being cut off, for a template to be made; 0: any"),
    gate<&Settings::min_quality_background_uniformity>(
        "min_quality_background_uniformity",
        "Least quality score for a plain background, for a template to be made; 0: any"),
    gate<&Settings::min_quality_eyes_open>(
        "min_quality_eyes_open",
        "Least quality score for open eyes, for a template to be made; 0: any"),
    gate<&Settings::min_quality_mouth_closed>(
        "min_quality_mouth_closed",
        "Least quality score for a closed mouth, for a template to be made; 0: any"),
    gate<&Settings::min_quality_single_face_present>(
        "min_quality_single_face_present",
        "Least quality score for being alone, for a template to be made; 0: any"),
    gate<&Settings::min_quality_no_compression_artefacts>(
        "min_quality_no_compression_artefacts",
        "Least quality score for few traces of compression, for a template to be made; 0: any"),
    live<&Settings::liveness_effort>("liveness_effort", "", Choice{words<LivenessEffort>},
                                     "How closely faces are looked at for presentation "
                                     "attacks; thorough: several crops each, twice the time"),
    live<&Settings::liveness_threshold>(
        "liveness_threshold", "", Number{0, 1},
        "Attack probability above which a picture does not pass, and the default of "
        "threshold_spoofing"),
    live<&Settings::require_gestures>(
        "require_gestures", "", Switch{},
        "Decline a medium whose tags name a gesture (video_selfie_eyes, _smile, _left, _right, "
        "_down, _high) that is not made in it"),
    live<&Settings::liveness_frames>("liveness_frames", "frames", Whole{3, 100},
                                     "Frames of a video or archive that are looked at"),
    live<&Settings::archive_frame_rate>(
        "archive_frame_rate", "frames per second", Number{0.1, 1'000},
        "How fast the frames of an archive follow one another, if the numbers in their names are "
        "one "
        "apart; numbers that are further apart stand for frames that were left out"),
    live<&Settings::min_liveness_context>(
        "min_liveness_context", "", Number{1, 10},
        "Least size of the picture, in face boxes, for a face to be judged"),
    live<&Settings::min_liveness_eye_distance>("min_liveness_eye_distance", "pixels",
                                               Number{0, 10'000},
                                               "Least distance of the eyes to be judged"),
    live<&Settings::min_liveness_detector_score>(
        "min_liveness_detector_score", "", Number{0, 1},
        "Least confidence of the face detector for a face to be judged"),
    setting<&Settings::webhook_allow>(
        "webhook_allow", "", List{},
        "Hosts that webhooks may go to: host or host:port, wherever its name leads; *.domain or * "
        "for many hosts, but then to public addresses only"),
    setting<&Settings::webhook_secret>(
        "webhook_secret", "", Secret{},
        "Key with which webhooks are signed (HMAC-SHA256); empty: they are not signed"),
    live<&Settings::log_level>("log_level", "", Choice{words<LogLevel>},
                               "Least level of events that are logged; requests are info"),
};

}  // namespace

std::span<const Setting> setting_table() { return table; }

const Setting* find_setting(std::string_view name) {
    const auto settings = setting_table();
    const auto found = std::ranges::find(settings, name, &Setting::name);
    return found == settings.end() ? nullptr : &*found;
}

}  // namespace faceward::ops
