#include "engine/template/score.hpp"

#include "engine/template/samples.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numeric>
#include <regex>

namespace faceward::templates {
namespace {

/// 0.5 at a cosine of .283 and 0.85 at .459, as for a recogniser of 704 elements.
const Calibration calibration{9.8557, -2.7892};

TEST(Score, FollowsTheLogisticCurve) {
    EXPECT_EQ(similarity_to_score(0, {1, 0}), 0.5);
    EXPECT_EQ(similarity_to_score(std::log(3.0), {1, 0}), 0.75);
    EXPECT_EQ(similarity_to_score(0.5, {4, -2}), 0.5);
    EXPECT_NEAR(similarity_to_score(0.283, calibration), 0.5, 1e-3);
    EXPECT_NEAR(similarity_to_score(0.459, calibration), 0.85, 1e-3);
}

TEST(Score, StaysBelowOneAndFromZero) {
    EXPECT_EQ(similarity_to_score(1, {1000, 0}), 0.999999);
    EXPECT_EQ(similarity_to_score(1, {20, -5.5}), 0.999999);
    EXPECT_EQ(similarity_to_score(-1, {1000, 0}), 0);
}

TEST(Score, NeverFallsAsSimilarityRises) {
    double last = 0;
    for (int i = -10000; i <= 10000; ++i) {
        const double score = similarity_to_score(i / 10000.0, calibration);
        EXPECT_GE(score, last) << i;
        last = score;
    }
    EXPECT_GT(last, 0.99);
}

TEST(Compare, OneIsForEqualTemplatesOnly) {
    const Calibration steep{1000, 0};
    std::vector<float> vector = samples::unit_vector(704, 1);
    const Template face = make(vector);
    EXPECT_EQ(compare(face, make(vector), steep), 1.0);
    vector[17] = to_float(static_cast<Half>(to_half(vector[17]) ^ 1U));
    EXPECT_EQ(compare(face, make(vector), steep), 0.999999);
    EXPECT_LT(compare(face, make(samples::unit_vector(704, 2)), calibration), 0.2);
}

TEST(Compare, IsSymmetric) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        const std::vector<float> vector = samples::unit_vector(704, seed);
        const Template a = make(vector);
        const Template b = make(samples::unit_vector_near(vector, 0.4F, seed + 1000));
        EXPECT_EQ(compare(a, b, calibration), compare(b, a, calibration));
    }
}

TEST(Compare, HalfPrecisionHardlyMovesTheScore) {
    for (unsigned seed = 0; seed < 400; ++seed) {
        const std::vector<float> a = samples::unit_vector(704, seed);
        const float cosine = static_cast<float>(seed) / 400 * 1.2F - 0.2F;
        const std::vector<float> b = samples::unit_vector_near(a, cosine, seed + 1000);
        const double single = similarity_to_score(
            std::inner_product(a.begin(), a.end(), b.begin(), 0.0), calibration);
        EXPECT_NEAR(compare(make(a), make(b), calibration), single, 1e-3) << cosine;
    }
}

TEST(Score, HasASimilarity) {
    for (const double score : {0.01, 0.5, 0.85, 0.99})
        EXPECT_NEAR(similarity_to_score(score_to_similarity(score, calibration), calibration),
                    score, 1e-6);
}

TEST(Decision, TakesThresholdsAsInclusive) {
    struct Case {
        double score;
        Decision decision;
    };
    for (const auto& [score, decision] :
         {Case{1, Decision::approved}, Case{0.85, Decision::approved},
          Case{0.849999, Decision::operator_required}, Case{0.5, Decision::operator_required},
          Case{0.499999, Decision::declined}, Case{0, Decision::declined}})
        EXPECT_EQ(decide(score, 0.85, 0.5), decision) << score;
    EXPECT_EQ(decide(0.5, 0.5, 0.5), Decision::approved);
}

TEST(Decision, IsThatOfTheScoreAsPrinted) {
    for (int i = -200; i <= 200; ++i) {
        const double logit = std::log(0.85 / 0.15) + i * 1e-7;
        const double score = similarity_to_score(logit, {1, 0});
        const double printed = std::strtod(print_score(score).c_str(), nullptr);
        EXPECT_EQ(decide(score, 0.85, 0.5), decide(printed, 0.85, 0.5)) << i;
    }
}

TEST(Decision, HasTheProtocolsNames) {
    EXPECT_EQ(to_string(Decision::approved), "approved");
    EXPECT_EQ(to_string(Decision::operator_required), "operator_required");
    EXPECT_EQ(to_string(Decision::declined), "declined");
}

TEST(PrintScore, WritesTheShortestDecimal) {
    struct Case {
        double score;
        const char* text;
    };
    for (const auto& [score, text] :
         {Case{0, "0.0"}, Case{-0.0, "0.0"}, Case{1, "1.0"}, Case{0.5, "0.5"}, Case{0.21, "0.21"},
          Case{0.1, "0.1"}, Case{0.000001, "0.000001"}, Case{0.0000004, "0.0"},
          Case{0.00001, "0.00001"}, Case{0.100001, "0.100001"}, Case{0.999999, "0.999999"},
          Case{0.9999994, "0.999999"}, Case{0.9999996, "1.0"}, Case{0.999484062, "0.999484"},
          Case{1.5, "1.0"}, Case{-1, "0.0"}})
        EXPECT_EQ(print_score(score), text);
}

TEST(PrintScore, StepsReadBackAsThemselves) {
    const std::regex form(R"(0\.0|1\.0|0\.\d{0,5}[1-9])");
    for (int step = 0; step <= score_steps; step += 7) {
        const double score = static_cast<double>(step) / score_steps;
        const std::string text = print_score(score);
        ASSERT_EQ(std::strtod(text.c_str(), nullptr), score) << text;
        ASSERT_TRUE(step % 101 != 0 || std::regex_match(text, form)) << text;
    }
}

}  // namespace
}  // namespace faceward::templates
