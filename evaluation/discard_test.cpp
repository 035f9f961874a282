#include "evaluation/discard.hpp"

#include <gmock/gmock.h>

#include <array>

namespace faceward::evaluation {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::IsNan;

TEST(ErrorVersusDiscard, FallsWhenTheWorstAreTheErrors) {
    const std::vector<RatedComparison> comparisons{
        {10, true}, {90, false}, {20, true}, {80, false}};
    EXPECT_THAT(error_versus_discard(comparisons, std::array{0.0, 0.25, 0.5, 0.75}),
                ElementsAre(0.5, DoubleEq(1.0 / 3), 0, 0));
}

TEST(ErrorVersusDiscard, RisesWhenTheBestAreTheErrors) {
    const std::vector<RatedComparison> comparisons{{10, false}, {90, true}};
    EXPECT_THAT(error_versus_discard(comparisons, std::array{0.0, 0.5}), ElementsAre(0.5, 1));
}

TEST(ErrorVersusDiscard, StaysWhereQualityTellsNothing) {
    const std::vector<RatedComparison> comparisons{{5, true}, {5, false}, {5, false}, {5, false}};
    EXPECT_THAT(error_versus_discard(comparisons, std::array{0.0, 0.1, 0.6}),
                ElementsAre(0.25, DoubleEq(0.25), DoubleEq(0.25)));
}

TEST(ErrorVersusDiscard, CountsWeights) {
    const std::vector<RatedComparison> comparisons{{10, true, 2}, {20, false, 1}, {30, false, 0}};
    EXPECT_THAT(error_versus_discard(comparisons, std::array{0.0, 2.0 / 3}),
                ElementsAre(DoubleEq(2.0 / 3), 0));
}

TEST(ErrorVersusDiscard, OfNothingIsNoNumber) {
    EXPECT_THAT(error_versus_discard({}, std::array{0.0}), ElementsAre(IsNan()));
}

}  // namespace
}  // namespace faceward::evaluation
