#include "service/console/console.hpp"

#include "service/console/files.hpp"
#include "service/http/test_application.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace faceward::console {
namespace {

http::Request request(std::string method, std::string path) {
    http::Request asked;
    asked.method = std::move(method);
    asked.path = std::move(path);
    return asked;
}

class ConsoleTest : public testing::Test {
  protected:
    http::Response ask(const std::string& method, const std::string& path) {
        http::Response given;
        console_.handle(request(method, path),
                        [&](http::Response response) { given = std::move(response); });
        return given;
    }

    std::string log_;
    http::test::EchoApplication api_;
    Console console_{api_, Facts{},
                     [this](const http::Exchange&, std::string_view route) { log_ += route; }};
};

TEST_F(ConsoleTest, ServesThePageAndEveryFileThatWasBuiltIn) {
    EXPECT_EQ(ask("GET", "/console").content_type, "text/html; charset=utf-8");
    EXPECT_EQ(ask("GET", "/console/").body, ask("GET", "/console").body);
    EXPECT_TRUE(std::ranges::any_of(files(), &pages::Asset::immutable));
    for (const pages::Asset& file : files()) {
        EXPECT_EQ(ask("GET", std::string(file.path)).body, file.bytes) << file.path;
        EXPECT_EQ(ask("HEAD", std::string(file.path)).status, 200) << file.path;
    }
}

TEST_F(ConsoleTest, ThePageMayUseTheCameraAndRunNothingButItsOwnFiles) {
    const auto headers = ask("GET", "/console").headers;
    const auto value = [&](std::string_view name) {
        const auto found = std::ranges::find(headers, name, &http::Header::first);
        return found == headers.end() ? std::string() : found->second;
    };
    EXPECT_EQ(value("Permissions-Policy"), "camera=(self), microphone=(), geolocation=()");
    const std::string policy = value("Content-Security-Policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self';")) << policy;
    for (const char* loose : {"unsafe", "data:", "http", "*"})
        EXPECT_EQ(policy.find(loose), std::string::npos) << loose;
}

TEST_F(ConsoleTest, HandsEverythingElseOn) {
    EXPECT_EQ(ask("POST", "/console").body, "POST /console [] ");
    EXPECT_EQ(ask("GET", "/console/none").body, "GET /console/none [] ");
    EXPECT_EQ(ask("GET", "/version").body, "GET /version [] ");
    EXPECT_EQ(console_.refuse(http::FramingFault::too_slow, request("GET", "/console")).status,
              408);
}

TEST_F(ConsoleTest, FactsTellWhatIsLoadedOnceItIs) {
    EXPECT_NE(ask("GET", "/console/facts.json").body.find("\"profile\":null"), std::string::npos);
    Loaded loaded;
    loaded.profile.name = "fast";
    console_.serve_with(loaded);
    const http::Response facts = ask("GET", "/console/facts.json");
    EXPECT_NE(facts.body.find("\"profile\":\"fast\""), std::string::npos);
    EXPECT_EQ(facts.cache_control, "no-store");
}

TEST_F(ConsoleTest, TellsOfItsOwnExchangesUnderOneRoute) {
    const http::Response response;
    const auto end = [&](const http::Request& of) {
        console_.finished({of, response, 1, 1, true, 0, 0, 0});
    };
    end(request("GET", "/version"));
    EXPECT_EQ(log_, "");
    EXPECT_EQ(api_.wait_for_finished(1).size(), 1U);
    end(request("GET", "/console/facts.json"));
    EXPECT_EQ(log_, "/console");
    EXPECT_EQ(api_.wait_for_finished(1).size(), 1U);
}

}  // namespace
}  // namespace faceward::console
