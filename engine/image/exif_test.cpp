#include "engine/image/exif.hpp"

#include "engine/image/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace faceward::image {
namespace {

using samples::Bytes;

class EveryOrientation : public testing::TestWithParam<int> {};

TEST_P(EveryOrientation, IsReadInBothByteOrders) {
    const auto orientation = static_cast<Orientation>(GetParam());
    EXPECT_EQ(exif_orientation(samples::exif(orientation, false)), orientation);
    EXPECT_EQ(exif_orientation(samples::exif(orientation, true)), orientation);
}

INSTANTIATE_TEST_SUITE_P(Exif, EveryOrientation, testing::Range(1, 9));

/// A little-endian block that says orientation 6, with some bytes changed.
struct Damage {
    std::string name;
    std::size_t offset;
    Bytes bytes;
};

class DamagedExif : public testing::TestWithParam<Damage> {};

TEST_P(DamagedExif, CountsAsUpright) {
    Bytes block = samples::exif(Orientation::right_top, false);
    ASSERT_EQ(exif_orientation(block), Orientation::right_top);
    std::copy(GetParam().bytes.begin(), GetParam().bytes.end(),
              block.begin() + static_cast<std::ptrdiff_t>(GetParam().offset));
    EXPECT_EQ(exif_orientation(block), Orientation::top_left);
}

INSTANTIATE_TEST_SUITE_P(
    Exif, DamagedExif,
    testing::Values(Damage{"value_0", 18, {0}}, Damage{"value_9", 18, {9}},
                    Damage{"value_262", 18, {6, 1}}, Damage{"mixed_byte_order", 0, {'I', 'M'}},
                    Damage{"unknown_byte_order", 0, {'X', 'X'}}, Damage{"wrong_magic", 2, {43}},
                    Damage{"other_tag", 10, {0x13}}, Damage{"type_long", 12, {4}},
                    Damage{"no_entries", 8, {0}}, Damage{"directory_at_end", 4, {26}},
                    Damage{"directory_beyond_end", 4, {0xFF, 0xFF}},
                    Damage{"directory_at_top_of_address_space", 4, {0xFF, 0xFF, 0xFF, 0xFF}}),
    [](const auto& test) { return test.param.name; });

TEST(Exif, CountOfEntriesThatDoNotFitIsHarmless) {
    Bytes block = samples::exif(Orientation::right_top, false);
    block[8] = block[9] = 0xFF;
    EXPECT_EQ(exif_orientation(block), Orientation::right_top);
    block[10] = 0;
    EXPECT_EQ(exif_orientation(block), Orientation::top_left);
}

TEST(Exif, TagIsFoundBehindOthers) {
    Bytes block = samples::exif(Orientation::left_bottom, true);
    block[9] = 2;
    const Bytes other{0x01, 0x0F, 0, 2, 0, 0, 0, 4, 'A', 'B', 'C', 0};
    block.insert(block.begin() + 10, other.begin(), other.end());
    EXPECT_EQ(exif_orientation(block), Orientation::left_bottom);
}

TEST(Exif, EveryPrefixIsSafe) {
    const Bytes block = samples::exif(Orientation::right_top, false);
    const std::size_t end_of_value = 20;
    for (std::size_t length = 0; length <= block.size(); ++length) {
        const Bytes prefix(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_EQ(exif_orientation(prefix),
                  length < end_of_value ? Orientation::top_left : Orientation::right_top)
            << length;
    }
}

}  // namespace
}  // namespace faceward::image
