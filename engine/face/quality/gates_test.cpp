#include "engine/face/quality/gates.hpp"

#include <gtest/gtest.h>

namespace faceward::face {
namespace {

QualityGates gate(Component component, int least) {
    QualityGates gates;
    gates.measures.at(static_cast<std::size_t>(component)) = least;
    return gates;
}

TEST(QualityGates, AskForNothingByDefault) {
    EXPECT_FALSE(QualityGates().any());
    EXPECT_EQ(why_refused({}, {}), std::nullopt);
    EXPECT_TRUE(gate(Component::sharpness, 1).any());
    QualityGates unified;
    unified.unified_score = 1;
    EXPECT_TRUE(unified.any());
}

TEST(QualityGates, NameTheMeasure) {
    Quality quality;
    quality[Component::sharpness] = measured(0.4, 12);
    EXPECT_EQ(why_refused(quality, gate(Component::sharpness, 12)), std::nullopt);
    EXPECT_EQ(why_refused(quality, gate(Component::sharpness, 13)),
              "the quality measure sharpness is 12, at least 13 is asked for");
    EXPECT_EQ(why_refused(quality, gate(Component::background_uniformity, 1)),
              "the quality measure background_uniformity cannot be told, at least 1 is asked for");
    quality.unified_score = 40;
    QualityGates unified;
    unified.unified_score = 41;
    EXPECT_EQ(why_refused(quality, unified),
              "the quality measure unified_score is 40, at least 41 is asked for");
}

}  // namespace
}  // namespace faceward::face
