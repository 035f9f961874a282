#include "service/ops/log.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ostream_sink.h>

#include <cmath>

namespace faceward::ops {
namespace {

constexpr std::size_t longest_method = 32;
constexpr std::size_t longest_route = 256;

spdlog::level::level_enum spdlog_level(LogLevel level) {
    constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                spdlog::level::err};
    return levels.at(static_cast<std::size_t>(level));
}

std::string dump(const Log::Fields& json) {
    return json.dump(-1, ' ', false, Log::Fields::error_handler_t::replace);
}

double to_the_microsecond(double ms) { return std::round(ms * 1000) / 1000; }

}  // namespace

Log::Log(LogLevel least, std::ostream& out) {
    constexpr bool flush_each_line = true;
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(out, flush_each_line);
    logger_ = std::make_unique<spdlog::logger>("faceward", std::move(sink));
    logger_->set_level(spdlog_level(least));
    // The payload goes on where this begins: it is the rest of the object.
    logger_->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ",%v)", spdlog::pattern_time_type::utc, "\n"));
}

Log::~Log() = default;

void Log::event(LogLevel level, std::string_view name, const Fields& fields) const {
    if (!logger_->should_log(spdlog_level(level))) return;
    const std::string own = dump(fields);  // "{…}"
    const std::string_view rest = std::string_view(own).substr(1);
    logger_->log(spdlog_level(level), fmt::format(R"("level":"{}","event":{}{}{})", word(level),
                                                  dump(name), fields.empty() ? "" : ",", rest));
}

void Log::request(const RequestEvent& request) const {
    const LogLevel level =
        request.status >= 500 && request.delivered ? LogLevel::error : LogLevel::info;
    if (!logger_->should_log(spdlog_level(level))) return;
    Fields stages = Fields::object();
    for (const auto& [stage, ms] : request.stages_ms) stages[stage] = to_the_microsecond(ms);
    event(level, "request",
          {{"request_id", request.request_id},
           {"method", request.method.substr(0, longest_method)},
           {"route", request.route.substr(0, longest_route)},
           {"status", request.status},
           {"code", request.code},
           {"bytes_in", request.bytes_in},
           {"bytes_out", request.bytes_out},
           {"delivered", request.delivered},
           {"ms", std::move(stages)}});
}

}  // namespace faceward::ops
