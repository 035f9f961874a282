// Prints what the liveness networks saw in media, a JSON object a line: for fitting and for looking
// into single cases.
//
// usage: evidence --models PACK --decoder PROGRAM [--frames 10] [--way spread|burst] [--thorough]
//                 [--gestures] FILE…

#include "engine/engine.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace faceward;

std::vector<std::uint8_t> read_file(const std::string& name) {
    std::ifstream stream(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

nlohmann::json describe(const liveness::Verdict& verdict) {
    nlohmann::json frames = nlohmann::json::array();
    for (const auto& frame : verdict.frames)
        frames.push_back({{"number", frame.number},
                          {"seconds", frame.seconds},
                          {"logit", frame.logit},
                          {"evidence", frame.evidence},
                          {"why_not_usable", frame.why_not_usable}});
    nlohmann::json json{{"attack_probability", verdict.attack_probability},
                        {"networks_probability", verdict.networks_probability},
                        {"frames", frames}};
    if (const auto& stillness = verdict.stillness)
        json["stillness"] = {{"eyes", stillness->eyes},
                             {"plane", stillness->plane},
                             {"log_odds", stillness->log_odds},
                             {"weight", stillness->weight}};
    for (const auto& finding : verdict.gestures) json["gestures"].push_back(finding.reached);
    if (verdict.best_shot)
        json["best_shot"] = {{"number", verdict.best_shot->number},
                             {"quality", verdict.best_shot->quality}};
    return json;
}

}  // namespace

int main(int argc, char** argv) {
    EngineOptions options;
    std::vector<std::string> files;
    CLI::App program("Prints what the liveness networks saw in media");
    program.add_option("--models", options.models)->required();
    program.add_option("--decoder", options.decoder_program.program)->required();
    program.add_option("--frames", options.liveness.frames.frames);
    program.add_flag("--thorough", options.liveness.thorough);
    program.add_flag("--gestures", options.liveness.gestures);
    const std::map<std::string, media::Way> ways{{"automatic", media::Way::automatic},
                                                 {"spread", media::Way::spread},
                                                 {"burst", media::Way::burst}};
    program.add_option("--way", options.liveness.frames.way)
        ->transform(CLI::CheckedTransformer(ways));
    program.add_option("files", files)->required();
    CLI11_PARSE(program, argc, argv);

    auto engine = Engine::open(options);
    if (!engine) {
        std::cerr << engine.error().reason << '\n';
        return 1;
    }
    liveness::JudgeRequest request{true, {}};
    using enum liveness::Gesture;
    if (options.liveness.gestures)
        request.gestures = {close_eyes, smile, turn_left, turn_right, look_down, look_up};
    for (const std::string& file : files) {
        const auto judgement = engine->judge(0, read_file(file), request);
        nlohmann::json json{{"file", file}};
        if (judgement)
            json.update(describe(judgement->verdict));
        else
            json["error"] = judgement.error().reason;
        std::cout << json.dump() << std::endl;
    }
}
