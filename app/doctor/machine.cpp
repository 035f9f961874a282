#include "app/doctor/finding.hpp"
#include "engine/template/kernels.hpp"
#include "service/ops/cpu_share.hpp"
#include "service/ops/kernel_features.hpp"
#include "service/ops/process_stats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace faceward::app::doctor {
namespace {

/// The first line of that name in /proc/cpuinfo, or nothing.
std::string cpu_line(std::string_view name) {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (const auto colon = line.find(": ");
            line.starts_with(name) && colon != std::string::npos)
            return line.substr(colon + 2);
    return {};
}

/// Those of the features which make networks or comparisons faster that the processor has.
std::vector<std::string> useful_features() {
    constexpr std::array<std::string_view, 7> useful{
        "avx2", "avx512f", "avx_vnni", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_tile"};
    std::vector<std::string> found;
    std::istringstream flags(cpu_line("flags"));
    for (std::string flag; flags >> flag;)
        if (std::ranges::find(useful, flag) != useful.end()) found.push_back(flag);
    return found;
}

}  // namespace

Finding processor() {
    const std::vector<std::string> features = useful_features();
    const std::string_view kernel = templates::widest_kernel().name;
    const bool slow = kernel == "portable";
    return {slow ? State::note : State::good, "processor",
            fmt::format("{}; {}; templates are compared by the kernel {}", cpu_line("model name"),
                        features.empty() ? "none of the features that help"
                                         : fmt::format("{}", fmt::join(features, ", ")),
                        kernel),
            slow ? "a processor with AVX2 is several times faster" : ""};
}

Finding cores(const ops::Settings& settings) {
    const ops::CpuShare share = ops::cpu_share();
    const std::size_t slots = settings.workers > 0 ? settings.workers : share.cores();
    Finding finding{
        State::good,
        "cores",
        fmt::format("{}: {} worker slot{}", share.explain(), slots, slots == 1 ? "" : "s"),
        {}};
    if (slots <= share.cores()) return finding;
    finding.state = State::note;
    finding.advice =
        fmt::format("more slots than cores make every request slower: workers = 0 would take {}",
                    share.cores());
    return finding;
}

Finding descriptors(const ops::Settings& settings) {
    constexpr std::size_t own = 64;  // libraries, logs, decoders' sockets
    const std::uint64_t most = ops::process_stats().max_descriptors;
    Finding finding{
        State::good,
        "descriptors",
        fmt::format("{} files may be open, {} connections", most, settings.max_connections),
        {}};
    if (most >= settings.max_connections + own) return finding;
    finding.state = State::note;
    finding.advice = fmt::format(
        "connections will wait before max_connections is reached: raise the limit to {} (ulimit "
        "-n, LimitNOFILE=), or lower max_connections",
        settings.max_connections + own);
    return finding;
}

Finding sandbox(const ops::Settings& settings) {
    const ops::KernelFeatures kernel = ops::kernel_features();
    Finding finding{
        State::good,
        "sandbox",
        fmt::format("Linux {}, seccomp {}, Landlock {}", kernel.release,
                    kernel.seccomp_kills ? "there" : "missing",
                    kernel.landlock > 0 ? fmt::format("version {}", kernel.landlock) : "missing"),
        {}};
    if (!settings.sandbox) {
        finding.state = State::note;
        finding.advice = "decoders are not locked in: sandbox = true";
    } else if (!kernel.seccomp_kills) {
        finding.state = State::bad;
        finding.advice = "no decoder can lock itself in; use a kernel with CONFIG_SECCOMP_FILTER";
    } else if (kernel.landlock == 0) {
        finding.state = State::note;
        finding.advice =
            "decoders are locked in by seccomp alone, which forbids them to open files too; "
            "Landlock (Linux 5.13) would be a second lock";
    }
    return finding;
}

}  // namespace faceward::app::doctor
