#include "engine/model/recalibrate.hpp"

#include <toml++/toml.h>

#include <fstream>
#include <functional>

namespace faceward::model {
namespace {

using Change = std::function<void(toml::table&)>;

Result<void> copy_changed(const std::filesystem::path& pack, const std::filesystem::path& copy,
                          const Change& change) {
    std::error_code failure;
    if (std::filesystem::exists(copy, failure))
        return fail(Fault::pack_invalid, "the folder for the new pack is there already");
    if (copy.has_parent_path()) std::filesystem::create_directories(copy.parent_path(), failure);
    std::filesystem::copy(pack, copy, std::filesystem::copy_options::recursive, failure);
    if (failure)
        return fail(Fault::pack_invalid, "the pack cannot be copied: " + failure.message());
    const std::filesystem::path manifest = copy / "manifest.toml";
    try {
        toml::table table = toml::parse_file(manifest.string());
        const std::string suffix = "+calibrated";
        std::string version = table["version"].value_or(std::string());
        if (!version.ends_with(suffix)) version += suffix;
        table.insert_or_assign("version", version);
        change(table);
        std::ofstream stream(manifest, std::ios::trunc);
        stream << table << '\n';
        if (!stream.flush()) return fail(Fault::pack_invalid, "the manifest cannot be written");
    } catch (const toml::parse_error& error) {
        return fail(Fault::pack_invalid, std::string(error.description()));
    }
    return {};
}

}  // namespace

Result<void> copy_calibrated(const std::filesystem::path& pack, const std::filesystem::path& copy,
                             const std::string& profile, const CalibrationEntry& calibration) {
    return copy_changed(pack, copy, [&](toml::table& manifest) {
        toml::array rates;
        for (const RatePoint& rate : calibration.rates)
            rates.push_back(toml::table{
                {"score", rate.score}, {"fmr", rate.fmr}, {"fnmr", rate.fnmr}, {"set", rate.set}});
        manifest["profile"][profile].as_table()->insert_or_assign(
            "calibration", toml::table{{"slope", calibration.slope},
                                       {"intercept", calibration.intercept},
                                       {"fitted_on", calibration.fitted_on},
                                       {"rates", std::move(rates)}});
    });
}

Result<void> copy_rescaled(const std::filesystem::path& pack, const std::filesystem::path& copy,
                           bool thorough, double scale, double shift,
                           const std::string& fitted_on) {
    return copy_changed(pack, copy, [&](toml::table& manifest) {
        toml::table& liveness = *manifest["liveness"].as_table();
        toml::table* const own = thorough ? liveness["thorough"].as_table() : nullptr;
        toml::table& fusion = own ? *own : liveness;
        toml::array weights;
        for (const toml::node& weight : *fusion["weights"].as_array())
            weights.push_back(scale * weight.value_or(0.0));
        fusion.insert_or_assign("weights", std::move(weights));
        fusion.insert_or_assign("intercept", scale * fusion["intercept"].value_or(0.0) + shift);
        fusion.insert_or_assign("fitted_on", fitted_on);
    });
}

}  // namespace faceward::model
