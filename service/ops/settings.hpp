#pragma once

#include "service/ops/environment.hpp"
#include "service/ops/log.hpp"
#include "service/ops/words.hpp"

#include <tl/expected.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace faceward::ops {

enum class Precision { f32, automatic };

template <>
inline constexpr std::array<std::string_view, 2> words<Precision>{"f32", "auto"};

enum class LivenessEffort { standard, thorough };

template <>
inline constexpr std::array<std::string_view, 2> words<LivenessEffort>{"standard", "thorough"};

/// Whether the console is served; automatic: only to this machine.
enum class ConsoleMode { automatic, on, off };

template <>
inline constexpr std::array<std::string_view, 3> words<ConsoleMode>{"auto", "on", "off"};

/// All settings, each with its default. What they mean, their units and ranges stand in
/// setting_table.cpp.
struct Settings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    ConsoleMode console = ConsoleMode::automatic;
    std::string admin_host = "127.0.0.1";
    std::uint16_t admin_port = 0;

    std::string models;
    std::string profile = "balanced";
    Precision precision = Precision::f32;
    std::string compiled_cache = "auto";

    std::size_t workers = 0;
    std::size_t io_threads = 1;
    std::size_t max_queue = 64;

    std::size_t max_body_bytes = 64U << 20U;
    std::size_t max_buffered_bytes = 1U << 30U;
    std::size_t max_parts = 20'000;
    std::size_t max_header_bytes = 16'384;
    std::size_t max_connections = 1024;
    std::chrono::milliseconds read_timeout_ms{15'000};
    std::chrono::milliseconds idle_timeout_ms{60'000};
    std::chrono::milliseconds write_timeout_ms{15'000};
    std::chrono::milliseconds shutdown_grace_ms{10'000};

    std::int64_t max_pixels = 50'000'000;
    std::int64_t max_progressive_scans = 100;
    std::int64_t max_video_seconds = 120;
    std::int64_t max_video_frames = 10'000;
    std::int64_t max_archive_entries = 1'000;
    std::int64_t max_archive_bytes = std::int64_t{256} << 20U;
    std::int64_t max_archive_ratio = 200;
    bool sandbox = true;
    std::chrono::milliseconds decode_timeout_ms{10'000};
    std::size_t max_decoder_memory_bytes = std::size_t{1} << 30U;

    double min_second_face_ratio = 0.22;
    bool tolerate_bystanders = false;
    double approve_threshold = 0.85;
    double decline_threshold = 0.5;

    std::int64_t min_quality_unified_score = 0;
    std::int64_t min_quality_inter_eye_distance = 0;
    std::int64_t min_quality_head_pose_yaw = 0;
    std::int64_t min_quality_head_pose_pitch = 0;
    std::int64_t min_quality_head_pose_roll = 0;
    std::int64_t min_quality_sharpness = 0;
    std::int64_t min_quality_under_exposure_prevention = 0;
    std::int64_t min_quality_over_exposure_prevention = 0;
    std::int64_t min_quality_dynamic_range = 0;
    std::int64_t min_quality_illumination_uniformity = 0;
    std::int64_t min_quality_crop_of_the_face_image = 0;
    std::int64_t min_quality_background_uniformity = 0;
    std::int64_t min_quality_eyes_open = 0;
    std::int64_t min_quality_mouth_closed = 0;
    std::int64_t min_quality_single_face_present = 0;
    std::int64_t min_quality_no_compression_artefacts = 0;

    LivenessEffort liveness_effort = LivenessEffort::standard;
    double liveness_threshold = 0.5;
    bool require_gestures = false;
    std::int64_t liveness_frames = 10;
    double archive_frame_rate = 25;
    double min_liveness_context = 1.4;
    double min_liveness_eye_distance = 36;
    double min_liveness_detector_score = 0.88;

    std::vector<std::string> webhook_allow;
    std::string webhook_secret;

    LogLevel log_level = LogLevel::info;

    bool operator==(const Settings&) const = default;
};

/// Settings given on the command line: name → text.
using GivenOptions = std::map<std::string, std::string, std::less<>>;

/// Where settings come from, weakest first.
struct SettingSources {
    std::filesystem::path file;  ///< TOML; empty: none
    Environment environment;     ///< variables FACEWARD_<SETTING>
    GivenOptions options;
};

/// The defaults, overridden by the file, the environment and the command line, in this order. The
/// error is one line for the operator: it names the setting, its value, where it came from, and
/// what is allowed.
tl::expected<Settings, std::string> load_settings(const SettingSources& sources);

/// Everything that is wrong with a settings file, a line each as `load_settings` has it, with the
/// defaults for what it does not name. Empty: it holds.
std::vector<std::string> file_problems(const std::filesystem::path& file);

/// Adds every setting to a command as `--a_setting` and `--a-setting`; a parse puts into `given`,
/// which must outlive it, what the user wrote. A switch may stand alone ("--tolerate_bystanders")
/// or carry "=false". A setting given twice is a CLI::ParseError.
void add_setting_options(CLI::App& command, GivenOptions& given);

/// For a word on the command line that belongs to nothing: what is wrong if it stands behind a
/// switch, else nothing.
std::optional<std::string> explain_stray(std::span<const char* const> arguments,
                                         std::string_view word);

/// All settings as TOML, each under its meaning, unit, range and default. Read back, it gives the
/// same settings, but for a secret: of one that is set, a comment says only that it is.
std::string to_toml(const Settings& settings);

}  // namespace faceward::ops
