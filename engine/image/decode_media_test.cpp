#include "engine/image/decode.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace faceward::image {
namespace {

std::filesystem::path media_folder() {
    if (const char* folder = std::getenv("FACEWARD_EVAL"))
        return std::filesystem::path(folder) / "media";
    // ctest runs in the source folder.
    return std::filesystem::path("../shared/eval/media");
}

struct Entry {
    std::string path;
    std::string type;
    bool readable = false;  ///< to the manifest's maker, by Pillow
    Size size;              ///< as stored
    int orientation = 1;
};

/// Columns: path, bytes, md5, mime, pil_or_ffmpeg, w, h, mode, exif_orientation.
std::vector<Entry> manifest(const std::filesystem::path& folder) {
    std::ifstream file(folder / "manifest.csv");
    std::vector<Entry> entries;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::vector<std::string> cells;
        std::istringstream cells_of(line + ",");
        for (std::string cell; std::getline(cells_of, cell, ',');) cells.push_back(cell);
        if (cells.size() != 9) continue;
        const auto number = [&](std::size_t i) {
            return cells[i].empty() ? 0 : std::stoi(cells[i]);
        };
        entries.push_back(
            {cells[0], cells[3], cells[4] == "ok", {number(5), number(6)}, number(8)});
    }
    return entries;
}

/// Where strictness differs from Pillow's, and why.
const std::map<std::string, bool> readable_here{
    {"pillow/broken_data_stream.png", false},     // unknown row filter
    {"pillow/hopper_bad_exif.jpg", false},        // broken Huffman codes
    {"pillow/truncated_end_chunk.png", false},    // no IEND
    {"smallest_valid/png-truncated.png", false},  // no IEND
    {"exif_samples/jpg/corrupted.jpg", false},    // three quarters of the pixels are missing
    {"pngsuite/png/xcsn0g01.png", false},         // wrong checksum of the pixels
    {"pillow/truncated_exif_dpi.jpg", true},      // only its EXIF is damaged
};

bool expect_readable(const Entry& entry) {
    const auto known = readable_here.find(entry.path);
    if (known != readable_here.end()) return known->second;
    return entry.readable && (entry.type == "image/jpeg" || entry.type == "image/png");
}

std::vector<std::uint8_t> read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(DecodeMedia, ValidFilesDecodeUprightAndOthersAreRefused) {
    const auto folder = media_folder();
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no evaluation media";
    const auto entries = manifest(folder);
    ASSERT_GT(entries.size(), 300U);
    for (const Entry& entry : entries) {
        SCOPED_TRACE(entry.path);
        const auto picture = decode(read(folder / entry.path));
        EXPECT_EQ(picture.has_value(), expect_readable(entry))
            << (picture ? "decoded" : picture.error().reason);
        if (!picture) {
            EXPECT_EQ(picture.error().fault, Fault::picture_unreadable);
            EXPECT_FALSE(picture.error().reason.empty());
        }
        if (!picture || entry.size == Size{}) continue;
        const bool turned = entry.orientation >= 5;
        EXPECT_EQ(picture->size(),
                  (turned ? Size{entry.size.height, entry.size.width} : entry.size));
    }
}

}  // namespace
}  // namespace faceward::image
