#include "engine/media/worker/natural_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace faceward::media {
namespace {

TEST(NaturalOrder, CountsAsPeopleDo) {
    const std::vector<std::string> ordered{"",
                                           "a",
                                           "a1.jpg",
                                           "a02.jpg",
                                           "a2b.jpg",
                                           "a10.jpg",
                                           "a11.jpg",
                                           "b/1.jpg",
                                           "b/2.jpg",
                                           "b/10.jpg",
                                           "b1",
                                           "b99999999999999999999",
                                           "b100000000000000000000"};
    for (std::size_t i = 0; i < ordered.size(); ++i)
        for (std::size_t k = 0; k < ordered.size(); ++k)
            EXPECT_EQ(naturally_before(ordered[i], ordered[k]), i < k)
                << ordered[i] << " and " << ordered[k];
}

TEST(NaturalOrder, IsStrictForNamesThatDifferInZeros) {
    EXPECT_NE(naturally_before("a1", "a01"), naturally_before("a01", "a1"));
    EXPECT_FALSE(naturally_before("a01", "a01"));
}

TEST(NumberInName, IsTheLastBeforeTheExtension) {
    EXPECT_EQ(number_in_name("clip2/frame_0037.jpg"), 37);
    EXPECT_EQ(number_in_name("17.png"), 17);
    EXPECT_EQ(number_in_name("12_face"), 12);
    EXPECT_EQ(number_in_name("2024/face.jpg"), std::nullopt);
    EXPECT_EQ(number_in_name("12345678901234567890.jpg"), std::nullopt);
    EXPECT_EQ(number_in_name(""), std::nullopt);
}

}  // namespace
}  // namespace faceward::media
