#include "app/doctor/finding.hpp"
#include "app/setup.hpp"
#include "engine/model/inspect.hpp"
#include "service/ops/cpu_share.hpp"
#include "service/ops/memory_share.hpp"
#include "service/ops/process_stats.hpp"

#include <fmt/format.h>

#include <chrono>

namespace faceward::app::doctor {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string licences(const std::vector<model::NetworkEntry>& networks) {
    std::vector<std::string> all;
    all.reserve(networks.size());
    for (const model::NetworkEntry& network : networks)
        all.push_back(fmt::format("{} ({})", network.full_name(), network.licence));
    return fmt::format("{}", fmt::join(all, ", "));
}

Findings problems(const model::Inspection& inspection) {
    Findings findings;
    for (const std::string& problem : inspection.problems)
        findings.push_back({State::bad, "model pack", problem,
                            "build the pack anew with ./run, or mend it (faceward models check)"});
    return findings;
}

/// A self-test and how long it took.
Finding tested(std::string_view subject, std::string_view of, const Result<void>& result,
               double seconds) {
    if (!result)
        return {State::bad, subject, "the self-test fails: " + result.error().reason,
                "see that the pack holds (faceward models check)"};
    return {State::good, subject, fmt::format("{}: {:.0f} ms", of, seconds * 1000), {}};
}

Finding pattern_test(Engine& engine) {
    const auto begun = Clock::now();
    const auto result = engine.self_test(0);
    return tested("templates", "the pack's picture to a template, compared with itself", result,
                  seconds_since(begun));
}

Finding liveness_test(Engine& engine) {
    if (!engine.can_judge())
        return {State::note, "liveness", "the pack has no networks for it",
                "the liveness methods will not answer; take a pack that has them"};
    const auto begun = Clock::now();
    const auto result = engine.liveness_self_test(0);
    return tested("liveness", "the pack's two samples, in the right order", result,
                  seconds_since(begun));
}

/// What there is against the worst that the settings allow.
Finding memory(const ops::Settings& settings) {
    const double mebibyte = 1024.0 * 1024.0;
    const std::size_t slots = settings.workers > 0 ? settings.workers : ops::cpu_share().cores();
    const double worst = static_cast<double>(ops::process_stats().resident_bytes) +
                         static_cast<double>(settings.max_buffered_bytes) +
                         static_cast<double>(slots * settings.max_decoder_memory_bytes);
    const double here = static_cast<double>(ops::memory_share().bytes());
    Finding finding{State::good,
                    "memory",
                    fmt::format("{:.0f} MiB can be had; at worst {:.0f} MiB are taken, request "
                                "bodies and decoders at their limits",
                                here / mebibyte, worst / mebibyte),
                    {}};
    if (worst > here) {
        finding.state = State::note;
        finding.advice =
            "lower max_buffered_bytes, max_decoder_memory_bytes or workers, or give it more memory";
    }
    return finding;
}

Findings run(const ops::Settings& settings) {
    std::string warning;
    const auto begun = Clock::now();
    auto engine =
        Engine::open(engine_options(settings, 1, [&](const std::string& text) { warning = text; }));
    const double seconds = seconds_since(begun);
    if (!engine)
        return {{State::bad, "engine", engine.error().reason,
                 "the server would not start; what is named here must be mended"}};
    Findings findings{{State::good,
                       "engine",
                       fmt::format("profile {}, ready after {:.1f} s: {}", settings.profile,
                                   seconds, licences(engine->networks())),
                       {}}};
    if (!warning.empty())
        findings.push_back({State::note, "compiled cache", warning,
                            "every start compiles the networks: set compiled_cache to a folder "
                            "that can be written"});
    findings.push_back(pattern_test(*engine));
    findings.push_back(liveness_test(*engine));
    findings.push_back(memory(settings));
    return findings;
}

}  // namespace

Findings pack(const ops::Settings& settings) {
    const auto folder = models_folder(settings);
    if (!folder)
        return {{State::bad, "model pack", folder.error(),
                 "build one with ./run, or set models to the folder of another"}};
    const model::Inspection inspection = model::inspect(*folder);
    if (!inspection.problems.empty()) return problems(inspection);
    Findings findings{{State::good,
                       "model pack",
                       fmt::format("{} {} in {}", inspection.manifest.name,
                                   inspection.manifest.version, folder->string()),
                       {}}};
    for (Finding& finding : run(settings)) findings.push_back(std::move(finding));
    return findings;
}

}  // namespace faceward::app::doctor
