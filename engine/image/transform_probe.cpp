// Runs one transform for transform_opencv_test.py, BGR pixels from standard input to standard
// output: transform_probe area|bilinear|letterbox|warp WIDTH HEIGHT TARGET_WIDTH TARGET_HEIGHT [XX
// XY X0 YX YY Y0]

#include "engine/image/transform.hpp"

#include <cstdlib>
#include <iostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace faceward::image;

Picture transform(const std::string& name, PictureView source, Size target,
                  std::span<const double> map) {
    if (name == "area") return resize_area(source, target);
    if (name == "bilinear") return resize_bilinear(source, target);
    if (name == "letterbox") return std::move(letterbox(source, target.width).picture);
    return warp(source, {map[0], map[1], map[2], map[3], map[4], map[5]}, target);
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    std::vector<double> numbers;
    for (std::size_t i = 1; i < arguments.size(); ++i) numbers.push_back(std::stod(arguments[i]));
    if (numbers.size() != 4 && numbers.size() != 10) return EXIT_FAILURE;

    Picture source({static_cast<int>(numbers[0]), static_cast<int>(numbers[1])});
    std::cin.read(reinterpret_cast<char*>(source.data()),
                  static_cast<std::streamsize>(source.bytes()));
    const Size target{static_cast<int>(numbers[2]), static_cast<int>(numbers[3])};
    const Picture result =
        transform(arguments[0], source.view(), target, std::span(numbers).subspan(4));
    std::cout.write(reinterpret_cast<const char*>(result.view().data),
                    static_cast<std::streamsize>(result.bytes()));
    return std::cin && std::cout ? EXIT_SUCCESS : EXIT_FAILURE;
}
