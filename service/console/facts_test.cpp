#include "service/console/facts.hpp"

#include <gtest/gtest.h>

namespace faceward::console {
namespace {

const Facts starting{.version = "1.2.3",
                     .inference = "OpenVINO 1",
                     .approve_threshold = 0.85,
                     .decline_threshold = 0.5,
                     .liveness_threshold = 0.4,
                     .max_body_bytes = 1024,
                     .max_pixels = 2048,
                     .max_video_seconds = 60,
                     .advice = {{.measure = "sharpness", .below = 50}},
                     .loaded = std::nullopt};

TEST(ConsoleFacts, SayWhatIsSetWhileTheModelsAreStillLoading) {
    EXPECT_EQ(facts_json(starting),
              R"({"version":"1.2.3","inference":"OpenVINO 1",)"
              R"("thresholds":{"approve":0.85,"decline":0.5,"liveness":0.4},)"
              R"("limits":{"max_body_bytes":1024,"max_pixels":2048,"max_video_seconds":60},)"
              R"("advice_below":{"sharpness":50},)"
              R"("profile":null,"networks":null,"calibration":null})");
}

TEST(ConsoleFacts, NameEachNetworkWithItsLicenceAndTheMeasuredRates) {
    Loaded loaded;
    loaded.networks.emplace_back();
    model::NetworkEntry& network = loaded.networks.back();
    network.name = "Net";
    network.version = "2";
    network.role = model::Role::embedder;
    network.licence = "MIT";
    network.origin = "a package \xff";
    network.training_data = "faces";
    loaded.profile.name = "balanced";
    loaded.profile.calibration.fitted_on = "CFP";
    loaded.profile.calibration.rates = {{0.85, 0.0001, 0.02, "LFW"}};
    Facts facts = starting;
    facts.loaded = loaded;
    const std::string json = facts_json(facts);
    EXPECT_NE(json.find(R"("profile":"balanced","networks":[{"name":"Net","version":"2",)"
                        R"("role":"embedder","licence":"MIT","origin":"a package �",)"
                        R"("training_data":"faces"}],"calibration":{"fitted_on":"CFP",)"
                        R"("rates":[{"score":0.85,"fmr":0.0001,"fnmr":0.02,"set":"LFW"}]}})"),
              std::string::npos)
        << json;
}

}  // namespace
}  // namespace faceward::console
