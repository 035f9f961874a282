#include "engine/template/codec.hpp"

#include "engine/template/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <string>

namespace faceward::templates {
namespace {

using Bytes = std::vector<std::uint8_t>;
using testing::HasSubstr;

constexpr std::size_t dimension = 704;
constexpr std::size_t label_at = 24;
constexpr std::size_t elements_at = 56;

Template sample() { return make(samples::unit_vector(dimension, 1)); }

Bytes encoded() { return encode(sample(), samples::maker()); }

/// Why bytes are not a template of samples::maker(), or "readable".
std::string reason(const Bytes& bytes) {
    const auto read = decode(bytes, samples::maker(), dimension);
    if (read) return "readable";
    EXPECT_EQ(read.error().fault, Fault::template_unreadable);
    return read.error().reason;
}

TEST(Template, RoundsItsElementsToHalf) {
    const std::vector<float> vector{0.6F, -0.8F, 0};
    const Template face = make(vector);
    ASSERT_EQ(face.dimension(), 3U);
    EXPECT_THAT(face.elements(), testing::ElementsAre(0x38CD, 0xBA66, 0x0000));
    EXPECT_EQ(face, make(vector));
    EXPECT_NE(face, make(std::vector<float>{0.6F, -0.8F, 0.001F}));
}

TEST(Codec, ATemplateComesBack) {
    const Bytes bytes = encoded();
    EXPECT_EQ(bytes.size(), 1468U);
    const auto read = decode(bytes, samples::maker(), dimension);
    ASSERT_TRUE(read) << read.error().reason;
    EXPECT_EQ(*read, sample());
}

TEST(Codec, EveryDimensionComesBack) {
    for (std::size_t n = 1; n <= 4096; n = n * 3 / 2 + 1) {
        const Template face = make(samples::unit_vector(n, 1));
        const auto read = decode(encode(face, samples::maker()), samples::maker(), n);
        ASSERT_TRUE(read) << n << ": " << read.error().reason;
        EXPECT_EQ(*read, face);
    }
}

TEST(Codec, ALongLabelIsCutAndTerminated) {
    Maker maker = samples::maker();
    maker.label = std::string(40, 'm');
    const Bytes bytes = encode(sample(), maker);
    EXPECT_EQ(std::string(bytes.begin() + label_at, bytes.begin() + elements_at),
              std::string(31, 'm') + '\0');
    EXPECT_TRUE(decode(bytes, maker, dimension));
}

TEST(Codec, EveryFlippedBitIsNoticed) {
    const Bytes whole = encoded();
    const auto expected = [](std::size_t byte) {
        if (byte < 4) return "not a template";
        if (byte == 4) return "format version ";
        if (byte == 5) return "element type ";
        if (byte < 8) return " bytes";
        return "checksum does not hold";
    };
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        Bytes bytes = whole;
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        ASSERT_THAT(reason(bytes), HasSubstr(expected(bit / 8))) << "bit " << bit;
    }
}

TEST(Codec, EveryPrefixIsNoticed) {
    const Bytes whole = encoded();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Bytes prefix(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        const char* expected = length == 0   ? "empty"
                               : length <= 4 ? "not a template"
                                             : "truncated: ";
        ASSERT_THAT(reason(prefix), HasSubstr(expected)) << length;
    }
}

TEST(Codec, RandomBytesAreNoTemplate) {
    std::mt19937 random(1);
    for (int round = 0; round < 2000; ++round) {
        Bytes bytes = encoded();
        bytes.resize(random() % 1600);
        for (std::size_t i = round % 2 == 0 ? 0 : 6; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(random());
        ASSERT_NE(reason(bytes), "readable");
    }
}

/// A change to a good template, whose checksum is then made good again.
struct Change {
    std::string name;
    std::function<void(Bytes&)> apply;
    std::string reason;
};

void set_element(Bytes& bytes, std::size_t index, float number) {
    const Half half = to_half(number);
    bytes[elements_at + 2 * index] = static_cast<std::uint8_t>(half & 0xFFU);
    bytes[elements_at + 2 * index + 1] = static_cast<std::uint8_t>(half >> 8U);
}

void set_elements(Bytes& bytes, float number) {
    for (std::size_t i = 0; i < dimension; ++i) set_element(bytes, i, number);
}

void set_label(Bytes& bytes, std::string label) {
    label.resize(elements_at - label_at);
    std::ranges::copy(label, bytes.begin() + label_at);
}

/// Another identity with the given label.
std::function<void(Bytes&)> made_by(const std::string& label) {
    return [label](Bytes& bytes) {
        bytes[8] = 77;
        set_label(bytes, label);
    };
}

class ChangedTemplate : public testing::TestWithParam<Change> {};

TEST_P(ChangedTemplate, IsRefusedWithItsReason) {
    Bytes bytes = encoded();
    GetParam().apply(bytes);
    samples::seal(bytes);
    EXPECT_EQ(reason(bytes), GetParam().reason);
}

constexpr float infinite = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
const char* const not_unit = "damaged: not a vector of unit length";

INSTANTIATE_TEST_SUITE_P(
    Codec, ChangedTemplate,
    testing::Values(
        Change{"nothing", [](Bytes&) {}, "readable"},
        Change{"magic", [](Bytes& b) { b[3] = 'X'; }, "not a template"},
        Change{"version", [](Bytes& b) { b[4] = 9; },
               "format version 9 is not known to this server (1 is)"},
        Change{"element_type", [](Bytes& b) { b[5] = 2; },
               "element type 2 is not known to this server (1 is)"},
        Change{"short", [](Bytes& b) { b.resize(1000); }, "truncated: 1000 of 1468 bytes"},
        Change{"long", [](Bytes& b) { b.push_back(0); }, "too long: 1469 bytes, not 1468"},
        Change{"another_model", made_by("default/fast 1.0.0"),
               "made by model default/fast 1.0.0, this server uses default/balanced 1.0.0"},
        Change{"another_build", [](Bytes& b) { b[23] = 77; },
               "made by another build of model default/balanced 1.0.0"},
        Change{"hostile_label", made_by("\x1B[31m\n\x7F\xC3\xA9 \"ok\""),
               "made by model ?[31m???? \"ok\", this server uses default/balanced 1.0.0"},
        Change{
            "label_without_end", made_by(std::string(32, 'x')),
            "made by model " + std::string(31, 'x') + ", this server uses default/balanced 1.0.0"},
        Change{"label_alone", [](Bytes& b) { set_label(b, "renamed"); }, "readable"},
        Change{"other_dimension",
               [](Bytes& b) {
                   b[6] = b[7] = 1;
                   b.resize(60 + 2 * 257);
               },
               "damaged: 257 elements, not 704"},
        Change{"nan", [](Bytes& b) { set_element(b, 0, not_a_number); }, not_unit},
        Change{"infinity", [](Bytes& b) { set_element(b, dimension - 1, infinite); }, not_unit},
        Change{"all_infinite", [](Bytes& b) { set_elements(b, -infinite); }, not_unit},
        Change{"zeros", [](Bytes& b) { set_elements(b, 0); }, not_unit},
        Change{"half_a_percent_long", [](Bytes& b) { set_elements(b, 1.005F / std::sqrt(704.0F)); },
               not_unit},
        Change{"equal_elements", [](Bytes& b) { set_elements(b, 1 / std::sqrt(704.0F)); },
               "readable"}),
    [](const auto& test) { return test.param.name; });

TEST(Codec, FourZeroBytesAreNoTemplate) { EXPECT_EQ(reason({0, 0, 0, 0}), "not a template"); }

TEST(Codec, NoBytesAreEmpty) { EXPECT_EQ(reason({}), "empty"); }

}  // namespace
}  // namespace faceward::templates
