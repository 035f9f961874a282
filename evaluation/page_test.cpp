#include "evaluation/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace faceward::evaluation {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Page, HoldsTheReportAndLoadsNothing) {
    const std::string page = page_of({{"run", "verification"}, {"list", "pairs.csv"}});
    EXPECT_THAT(page, HasSubstr(R"({"run":"verification","list":"pairs.csv"})"));
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    EXPECT_THAT(page, Not(HasSubstr("<script src")));
    EXPECT_THAT(page, Not(HasSubstr("<link")));
    for (const char* mark : {"/*style*/", "/*d3*/", "/*plot*/", "/*code*/", "/*report*/"})
        EXPECT_THAT(page, Not(HasSubstr(mark)));
}

TEST(Page, NamesOfFilesCannotEndItsScript) {
    const std::string page = page_of({{"list", "</script><script>alert(1)"}});
    EXPECT_THAT(page, Not(HasSubstr("<script>alert(1)")));
}

}  // namespace
}  // namespace faceward::evaluation
