#include "service/http/target.hpp"

#include <gtest/gtest.h>

#include <string>

namespace faceward::http {
namespace {

struct TargetCase {
    std::string name;
    std::string target;
    std::string path;
    std::string query;
};

class SplitTarget : public testing::TestWithParam<TargetCase> {};

TEST_P(SplitTarget, GivesPathAndQuery) {
    const Target split = split_target(GetParam().target);
    EXPECT_EQ(split.path, GetParam().path);
    EXPECT_EQ(split.query, GetParam().query);
}

INSTANTIATE_TEST_SUITE_P(
    Target, SplitTarget,
    testing::Values(
        TargetCase{"root", "/", "/", ""}, TargetCase{"path", "/v1/face", "/v1/face", ""},
        TargetCase{"query", "/a?b=c&d", "/a", "b=c&d"}, TargetCase{"empty_query", "/a?", "/a", ""},
        TargetCase{"second_mark", "/a?b?c", "/a", "b?c"},
        TargetCase{"not_decoded", "/%61?%62", "/%61", "%62"},
        TargetCase{"absolute", "http://example.org:80/a?b", "/a", "b"},
        TargetCase{"absolute_any_case", "HTTPS://example.org/a", "/a", ""},
        TargetCase{"absolute_without_path", "http://example.org", "/", ""},
        TargetCase{"absolute_query_only", "http://example.org?b", "/", "b"},
        TargetCase{"url_in_query", "/a?u=http://example.org/y", "/a", "u=http://example.org/y"},
        TargetCase{"url_in_path", "/http://example.org/y", "/http://example.org/y", ""},
        TargetCase{"other_scheme", "ftp://example.org/a", "ftp://example.org/a", ""},
        TargetCase{"asterisk", "*", "*", ""}, TargetCase{"empty", "", "", ""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace faceward::http
