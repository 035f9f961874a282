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

/// As a JSON object, to the microsecond.
std::string milliseconds(std::span<const std::pair<std::string, double>> stages) {
    std::string text = "{";
    for (const auto& [stage, ms] : stages)
        text += fmt::format("{}{}:{}", text.size() > 1 ? "," : "", dump(stage),
                            std::round(ms * 1000) / 1000);
    return text + "}";
}

/// The members that name a trace, or nothing.
std::string trace(const RequestEvent& request) {
    if (request.trace_id.empty()) return {};
    return fmt::format(R"("trace_id":{},"parent_id":{},"span_id":{},)", dump(request.trace_id),
                       dump(request.parent_id), dump(request.span_id));
}

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

void Log::set_level(LogLevel least) { logger_->set_level(spdlog_level(least)); }

void Log::event(LogLevel level, std::string_view name, const Fields& fields) const {
    if (!logger_->should_log(spdlog_level(level))) return;
    const std::string own = dump(fields);  // "{…}"
    write(level, name, std::string_view(own).substr(1, own.size() - 2));
}

/// `members` are those of a JSON object, or nothing.
void Log::write(LogLevel level, std::string_view name, std::string_view members) const {
    logger_->log(spdlog_level(level), fmt::format(R"("level":"{}","event":{}{}{}}})", word(level),
                                                  dump(name), members.empty() ? "" : ",", members));
}

// Put together here: a tree of JSON values would cost a small request a tenth of its time.
void Log::request(const RequestEvent& request) const {
    const LogLevel level =
        request.status >= 500 && request.delivered ? LogLevel::error : LogLevel::info;
    if (!logger_->should_log(spdlog_level(level))) return;
    write(level, "request",
          fmt::format(
              R"("request_id":{},{}"method":{},"route":{},"status":{},"code":{},{}"bytes_in":{},)"
              R"("bytes_out":{},"delivered":{},"ms":{})",
              dump(request.request_id), trace(request),
              dump(request.method.substr(0, longest_method)),
              dump(request.route.substr(0, longest_route)), request.status, dump(request.code),
              request.reason.empty() ? "" : fmt::format(R"("reason":{},)", dump(request.reason)),
              request.bytes_in, request.bytes_out, request.delivered,
              milliseconds(request.stages_ms)));
}

}  // namespace faceward::ops
