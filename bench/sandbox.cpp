// What it costs to decode in processes of their own, locked in and not, against decoding in place.
// The three take turns, so that whatever else the machine does is spread over all of them.
//
// usage: sandbox --decoder PROGRAM [--rounds 200] FILE…

#include "engine/image/decode.hpp"
#include "engine/media/decoder.hpp"
#include "engine/media/worker/video.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace faceward;
using Bytes = std::vector<std::uint8_t>;

constexpr std::uint32_t frames = 12;

Bytes read_file(const std::string& name) {
    std::ifstream stream(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

template <class T>
T expect(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().reason);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

media::Decoder open(const std::string& program, bool locked) {
    media::Launcher::Options options;
    options.program = program;
    options.locked = locked;
    return expect(media::Decoder::open(std::make_shared<media::Launcher>(options), {}));
}

void decode_in_place(const Bytes& bytes, media::Container container) {
    if (media::kind_of(container) == media::Kind::picture) {
        expect(image::decode(bytes));
        return;
    }
    auto video = expect(media::Video::open(bytes, {}));
    expect(
        video.decode(frames, media::Way::automatic, [](const media::VideoFrame&) { return true; }));
}

void decode_with(media::Decoder& decoder, const Bytes& bytes, media::Container container) {
    if (media::kind_of(container) == media::Kind::picture)
        expect(decoder.picture(bytes));
    else
        expect(decoder.frames(bytes, container, {frames, media::Way::automatic},
                              [](const media::Frame&) { return true; }));
}

/// After a rest in which the process of the time before makes way for a fresh one.
double milliseconds(const std::function<void()>& deed) {
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
    const auto start = std::chrono::steady_clock::now();
    deed();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

void compare(const std::string& file, int rounds, media::Decoder& open, media::Decoder& locked) {
    const Bytes bytes = read_file(file);
    const auto container = media::container_of(bytes);
    if (!container || media::kind_of(*container) == media::Kind::archive)
        throw std::runtime_error(file + " is neither a picture nor a video");
    const std::map<std::string, std::function<void()>> ways{
        {"in place", [&] { decode_in_place(bytes, *container); }},
        {"process", [&] { decode_with(open, bytes, *container); }},
        {"process, locked in", [&] { decode_with(locked, bytes, *container); }}};
    std::map<std::string, std::vector<double>> times;
    for (int round = 0; round < rounds; ++round)
        for (const auto& [name, way] : ways) times[name].push_back(milliseconds(way));
    for (auto& [name, taken] : times) {
        std::ranges::sort(taken);
        std::cout << "| " << std::filesystem::path(file).filename().string() << " | " << name
                  << " | " << taken.front() << " | " << taken[taken.size() / 4] << " | "
                  << taken[taken.size() / 2] << " |\n";
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::string program;
    int rounds = 200;
    std::vector<std::string> files;
    CLI::App app("What it costs to decode in processes of their own");
    app.add_option("--decoder", program)->required();
    app.add_option("--rounds", rounds)->check(CLI::PositiveNumber);
    app.add_option("files", files)->required();
    CLI11_PARSE(app, argc, argv);
    try {
        media::Decoder unlocked = open(program, false);
        media::Decoder locked = open(program, true);
        std::cout << "| medium | decoded | least ms | lower quartile | median |\n"
                     "| --- | --- | --- | --- | --- |\n";
        for (const std::string& file : files) compare(file, rounds, unlocked, locked);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
