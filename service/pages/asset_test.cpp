#include "service/pages/asset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace faceward::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::array files{Asset{"/docs", "text/html; charset=utf-8", "aa11", "<html>"},
                           Asset{"/docs/page.js", "text/javascript", "bb22", "1;"}};

std::string header(const http::Response& response, std::string_view name) {
    const auto found = std::ranges::find(response.headers, name, &http::Header::first);
    return found == response.headers.end() ? "" : found->second;
}

TEST(Asset, IsFoundByItsWholePath) {
    EXPECT_EQ(find_asset(files, "/docs"), &files[0]);
    EXPECT_EQ(find_asset(files, "/docs/page.js"), &files[1]);
    for (const char* other : {"", "/", "/docs/", "/docs/../docs", "/docs/page.j"})
        EXPECT_EQ(find_asset(files, other), nullptr) << other;
}

TEST(Asset, APageMayLoadNothingFromElsewhereAndRunNothingInline) {
    const http::Response page = asset_response(files[0], "");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.body, "<html>");
    const std::string policy = header(page, "Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_THAT(policy, Not(HasSubstr("http")));
    EXPECT_EQ(header(asset_response(files[1], ""), "Content-Security-Policy"), "");
}

TEST(Asset, WhatTheClientHasIsNotSentAgain) {
    for (const char* known : {"\"aa11\"", "W/\"aa11\"", "\"cc33\", \"aa11\"", "*"}) {
        const http::Response page = asset_response(files[0], known);
        EXPECT_EQ(page.status, 304) << known;
        EXPECT_EQ(page.body, "") << known;
        EXPECT_EQ(header(page, "ETag"), "\"aa11\"") << known;
        EXPECT_EQ(page.cache_control, "no-cache") << known;
    }
    for (const char* other : {"", "\"bb22\"", "aa11"})
        EXPECT_EQ(asset_response(files[0], other).status, 200) << other;
}

TEST(Asset, WhatIsNamedByItsBytesIsKeptForGood) {
    Asset script = files[1];
    EXPECT_EQ(asset_response(script, "").cache_control, "no-cache");
    script.immutable = true;
    EXPECT_THAT(asset_response(script, "").cache_control, HasSubstr("immutable"));
}

TEST(Asset, APageMayBringItsOwnPolicy) {
    EXPECT_EQ(header(asset_response(files[0], "", "default-src 'none'"), "Content-Security-Policy"),
              "default-src 'none'");
}

}  // namespace
}  // namespace faceward::pages
