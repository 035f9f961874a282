#include "service/http/request_id.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace faceward::http {
namespace {

TEST(RequestId, SaneOnes) {
    for (const char* id : {"a", "0", "b7f1-4.c_D:9", "bd483c20-ced1-4476-b747-6fa7ce00d8c0"})
        EXPECT_TRUE(is_sane_request_id(id)) << id;
    EXPECT_TRUE(is_sane_request_id(std::string(128, 'x')));
}

TEST(RequestId, OthersAreNotTrusted) {
    for (const char* id : {"", "a b", "a\tb", "a\r\nb", "<a>", "a\"", "a,b", "a/b", "\xC3\xA4"})
        EXPECT_FALSE(is_sane_request_id(id)) << id;
    EXPECT_FALSE(is_sane_request_id(std::string_view("a\0b", 3)));
    EXPECT_FALSE(is_sane_request_id(std::string(129, 'x')));
}

TEST(RequestId, FreshOnesAreDifferentVersion4Uuids) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = fresh_request_id();
        ASSERT_THAT(id, testing::MatchesRegex(
                            "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        ASSERT_TRUE(is_sane_request_id(id));
        EXPECT_TRUE(seen.insert(id).second);
    }
}

}  // namespace
}  // namespace faceward::http
