#include "evaluation/suspects.hpp"

#include <gtest/gtest.h>

namespace faceward::evaluation {
namespace {

JudgedMedium judged(const std::string& path, const std::string& instrument,
                    std::optional<double> probability) {
    return {{path, instrument, 0}, probability, probability, ""};
}

TEST(SuspectMedia, AreThoseThatLookLikeTheOther) {
    const std::vector<JudgedMedium> media{judged("a", "", 0.2),      judged("b", "", 0.91),
                                          judged("c", "", {}),       judged("d", "print", 0.1),
                                          judged("e", "print", 0.5), judged("f", "print", 0.01)};
    const auto suspects = suspect_media(media);
    ASSERT_EQ(suspects.size(), 3U);
    EXPECT_EQ(suspects[0].path, "f");
    EXPECT_EQ(suspects[1].path, "b");
    EXPECT_EQ(suspects[2].path, "d");
}

}  // namespace
}  // namespace faceward::evaluation
