#include "service/api/query.hpp"

#include <gtest/gtest.h>

namespace faceward::api {
namespace {

TEST(QuerySwitch, IsOnWhereItSaysOne) {
    for (const char* query : {"draw=1", "x=2&draw=1", "draw=1&x", "&&draw=1&", "drawn=0&draw=1"})
        EXPECT_EQ(query_switch(query, "draw"), true) << query;
    for (const char* query : {"", "draw=0", "x=1", "drawn=1", "DRAW=1", "&", "redraw=1"})
        EXPECT_EQ(query_switch(query, "draw"), false) << query;
}

TEST(QuerySwitch, RefusesWhatIsNeither) {
    for (const char* query : {"draw", "draw=", "draw=2", "draw=yes", "draw=1=1", "draw=1&draw=1",
                              "draw=0&draw", "draw=%31"}) {
        const auto found = query_switch(query, "draw");
        ASSERT_FALSE(found) << query;
        EXPECT_EQ(found.error().refusal, Refusal::bad_request) << query;
        EXPECT_TRUE(found.error().reason.starts_with("draw ")) << found.error().reason;
    }
}

}  // namespace
}  // namespace faceward::api
