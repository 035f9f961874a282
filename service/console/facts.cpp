#include "service/console/facts.hpp"

#include <nlohmann/json.hpp>

namespace faceward::console {
namespace {

using Json = nlohmann::ordered_json;

Json networks_json(const std::vector<model::NetworkEntry>& networks) {
    Json list = Json::array();
    for (const model::NetworkEntry& network : networks)
        list.push_back({{"name", network.name},
                        {"version", network.version},
                        {"role", model::to_string(network.role)},
                        {"licence", network.licence},
                        {"origin", network.origin},
                        {"training_data", network.training_data}});
    return list;
}

Json advice_json(const std::vector<AdviceLimit>& limits) {
    Json scores = Json::object();
    for (const AdviceLimit& limit : limits) scores[std::string(limit.measure)] = limit.below;
    return scores;
}

Json calibration_json(const model::CalibrationEntry& calibration) {
    Json rates = Json::array();
    for (const model::RatePoint& rate : calibration.rates)
        rates.push_back(
            {{"score", rate.score}, {"fmr", rate.fmr}, {"fnmr", rate.fnmr}, {"set", rate.set}});
    return {{"fitted_on", calibration.fitted_on}, {"rates", rates}};
}

}  // namespace

std::string facts_json(const Facts& facts) {
    Json body{{"version", facts.version},
              {"inference", facts.inference},
              {"thresholds",
               {{"approve", facts.approve_threshold},
                {"decline", facts.decline_threshold},
                {"liveness", facts.liveness_threshold}}},
              {"limits",
               {{"max_body_bytes", facts.max_body_bytes},
                {"max_pixels", facts.max_pixels},
                {"max_video_seconds", facts.max_video_seconds}}},
              {"advice_below", advice_json(facts.advice)},
              {"profile", nullptr},
              {"networks", nullptr},
              {"calibration", nullptr}};
    if (facts.loaded) {
        body["profile"] = facts.loaded->profile.name;
        body["networks"] = networks_json(facts.loaded->networks);
        body["calibration"] = calibration_json(facts.loaded->profile.calibration);
    }
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace faceward::console
