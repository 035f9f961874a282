#include "service/api/routes.hpp"

#include <gtest/gtest.h>

namespace faceward::api {
namespace {

const std::pair<std::string_view, std::string_view> routes[] = {
    {"GET", "/version"},
    {"GET", "/v1/face/pattern/health"},
    {"POST", "/v1/face/pattern/extract"},
    {"POST", "/v1/face/pattern/compare"},
    {"POST", "/v1/face/pattern/verify"},
    {"POST", "/v1/face/pattern/extract_and_compare"},
    {"POST", "/v1/face/pattern/compare_n"},
    {"POST", "/v1/face/pattern/verify_n"},
    {"POST", "/v1/face/pattern/extract_and_compare_n"},
    {"POST", "/v1/face/quality"},
    {"POST", "/v1/face/detect"},
    {"GET", "/v1/face/liveness/health"},
    {"POST", "/v1/face/liveness/detect"},
    {"GET", "/openapi.json"},
    {"GET", "/docs"},
};

TEST(Routes, AreThoseOfTheProtocolAndItsDescription) {
    for (const auto& [verb, path] : routes) {
        const auto route = find_route(verb, path);
        ASSERT_TRUE(route) << path;
        EXPECT_EQ((*route)->path, path);
        EXPECT_EQ((*route)->work != nullptr, (*route)->method == Method::work) << path;
        EXPECT_EQ((*route)->group, group_of(path)) << path;
        EXPECT_EQ(route_name(path), path);
    }
}

TEST(Routes, RefuseAnyOtherVerb) {
    for (const auto& [verb, path] : routes)
        for (const std::string_view other :
             {"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "post", ""}) {
            if (other == verb) continue;
            const auto route = find_route(other, path);
            ASSERT_FALSE(route) << other << ' ' << path;
            EXPECT_EQ(route.error().refusal, Refusal::method) << other << ' ' << path;
        }
}

TEST(Routes, RefuseUnknownPathsByTheirGroup) {
    const struct {
        const char* path;
        Refusal refusal;
        Group group;
    } cases[] = {
        {"/v1/face/pattern", Refusal::bad_request, Group::pattern},
        {"/v1/face/pattern/", Refusal::bad_request, Group::pattern},
        {"/v1/face/pattern/health/", Refusal::bad_request, Group::pattern},
        {"/v1/face/pattern/health/health", Refusal::bad_request, Group::pattern},
        {"/v1/face/pattern/HEALTH", Refusal::bad_request, Group::pattern},
        {"/v1/face/pattern/%68ealth", Refusal::bad_request, Group::pattern},
        {"/version/", Refusal::bad_request, Group::pattern},
        {"/v1/face/quality/", Refusal::bad_request, Group::pattern},
        {"/v1/face/detect/all", Refusal::bad_request, Group::pattern},
        {"/v1/face/liveness", Refusal::bad_request, Group::liveness},
        {"/v1/face/liveness/detect/", Refusal::bad_request, Group::liveness},
        {"", Refusal::not_found, Group::pattern},
        {"/", Refusal::not_found, Group::pattern},
        {"*", Refusal::not_found, Group::pattern},
        {"/versions", Refusal::not_found, Group::pattern},
        {"/docs/", Refusal::not_found, Group::pattern},
        {"/v1/face/patterns", Refusal::not_found, Group::pattern},
        {"/v1/face/qualities", Refusal::not_found, Group::pattern},
        {"/v1/face", Refusal::not_found, Group::pattern},
        {"/v1/face/livenesses", Refusal::not_found, Group::pattern},
        {"//v1/face/pattern/health", Refusal::not_found, Group::pattern},
    };
    for (const auto& c : cases)
        for (const char* verb : {"GET", "POST"}) {
            const auto route = find_route(verb, c.path);
            ASSERT_FALSE(route) << c.path;
            EXPECT_EQ(route.error().refusal, c.refusal) << c.path;
            EXPECT_EQ(group_of(c.path), c.group) << c.path;
            EXPECT_EQ(route_name(c.path), "unknown") << c.path;
        }
}

}  // namespace
}  // namespace faceward::api
