#include "service/ops/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <thread>

namespace faceward::ops {
namespace {

using nlohmann::ordered_json;

std::vector<std::string> lines(const std::ostringstream& out) {
    std::vector<std::string> found;
    std::istringstream in(out.str());
    for (std::string line; std::getline(in, line);) found.push_back(line);
    return found;
}

const std::vector<std::pair<std::string, double>> stages{{"read", 0.1}, {"queue", 12.34567}};

RequestEvent some_request() {
    return {.request_id = "r-1",
            .trace_id = "",
            .parent_id = "",
            .span_id = "",
            .method = "POST",
            .route = "/v1/face/pattern/extract",
            .status = 200,
            .code = "",
            .reason = "",
            .bytes_in = 123456,
            .bytes_out = 1100,
            .delivered = true,
            .stages_ms = stages};
}

TEST(Log, writesARequestAsOneLine) {
    std::ostringstream out;
    Log(LogLevel::info, out).request(some_request());
    EXPECT_THAT(
        out.str(),
        testing::MatchesRegex(
            "\\{\"time\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z\","
            "\"level\":\"info\",\"event\":\"request\",\"request_id\":\"r-1\",\"method\":\"POST\","
            "\"route\":\"/v1/face/pattern/"
            "extract\",\"status\":200,\"code\":\"\",\"bytes_in\":123456,"
            "\"bytes_out\":1100,\"delivered\":true,\"ms\":\\{\"read\":0\\.1,\"queue\":12\\.346\\}"
            "\\}\n"));
}

TEST(Log, namesTheTraceOfARequest) {
    std::ostringstream out;
    RequestEvent request = some_request();
    request.trace_id = "t";
    request.parent_id = "p";
    request.span_id = "s";
    Log(LogLevel::info, out).request(request);
    EXPECT_THAT(out.str(), testing::HasSubstr(R"("trace_id":"t","parent_id":"p","span_id":"s",)"));
}

TEST(Log, tellsWhyARequestWasRefused) {
    std::ostringstream out;
    RequestEvent request = some_request();
    request.code = "SRV-503";
    request.reason = "queue_full";
    Log(LogLevel::info, out).request(request);
    EXPECT_THAT(out.str(), testing::HasSubstr(R"("code":"SRV-503","reason":"queue_full",)"));
}

TEST(Log, keepsHostileTextInItsPlace) {
    const std::string_view hostile[] = {
        "/\r\n{\"level\":\"info\",\"event\":\"forged\"}",
        "/\"},{\"a\":\"",
        "/back\\slash\\",
        std::string_view("/nul\0byte", 9),
        "/\xff\xfe not UTF-8 \xc3",
        "/\x1b[31m escape \x7f",
        "{} {0} %v %n",
    };
    for (const std::string_view route : hostile) {
        std::ostringstream out;
        RequestEvent request = some_request();
        request.route = route;
        Log(LogLevel::info, out).request(request);
        ASSERT_EQ(lines(out).size(), 1U) << route;
        const ordered_json line = ordered_json::parse(lines(out).front());
        EXPECT_EQ(line["event"], "request") << route;
        EXPECT_EQ(line.size(), 12U) << route;
        EXPECT_THAT(line["route"].get<std::string>(),
                    testing::StartsWith(std::string(route.substr(0, 1))));
    }
}

TEST(Log, keepsTextAndReplacesWhatIsNotUtf8) {
    std::ostringstream out;
    Log(LogLevel::info, out)
        .event(LogLevel::info, "text",
               {{"good", "ä € 😀 \" \\ \n"},
                {"bad",
                 "a\xff"
                 "b"}});
    const ordered_json line = ordered_json::parse(lines(out).front());
    EXPECT_EQ(line["good"], "ä € 😀 \" \\ \n");
    EXPECT_EQ(line["bad"],
              "a\xEF\xBF\xBD"
              "b");
}

TEST(Log, cutsALongMethodAndRoute) {
    std::ostringstream out;
    const std::string text(10'000, 'a');
    RequestEvent request = some_request();
    request.method = text;
    request.route = text;
    Log(LogLevel::info, out).request(request);
    const ordered_json line = ordered_json::parse(lines(out).front());
    EXPECT_EQ(line["method"].get<std::string>().size(), 32U);
    EXPECT_EQ(line["route"].get<std::string>().size(), 256U);
}

TEST(Log, leavesOutWhatIsBelowItsLevel) {
    constexpr LogLevel levels[] = {LogLevel::debug, LogLevel::info, LogLevel::warn,
                                   LogLevel::error};
    for (const LogLevel least : levels) {
        std::ostringstream out;
        const Log log(least, out);
        std::vector<std::string> expected;
        for (const LogLevel level : levels) {
            log.event(level, "happened");
            if (level >= least) expected.emplace_back(word(level));
        }
        std::vector<std::string> written;
        for (const std::string& line : lines(out))
            written.push_back(ordered_json::parse(line)["level"]);
        EXPECT_EQ(written, expected);
    }
}

TEST(Log, takesAnotherLevel) {
    std::ostringstream out;
    Log log(LogLevel::error, out);
    log.event(LogLevel::info, "before");
    log.set_level(LogLevel::info);
    log.event(LogLevel::info, "after");
    ASSERT_EQ(lines(out).size(), 1U);
    EXPECT_THAT(out.str(), testing::HasSubstr("after"));
}

TEST(Log, callsAServerFaultAnError) {
    std::ostringstream out;
    RequestEvent request = some_request();
    request.status = 500;
    Log(LogLevel::error, out).request(request);
    request.delivered = false;
    Log(LogLevel::info, out).request(request);
    EXPECT_EQ(ordered_json::parse(lines(out).front())["level"], "error");
    EXPECT_EQ(ordered_json::parse(lines(out).back())["level"], "info");
    EXPECT_EQ(ordered_json::parse(lines(out).back())["delivered"], false);
}

TEST(Log, doesNotMixLinesOfThreads) {
    std::ostringstream out;
    const Log log(LogLevel::info, out);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&log, t] {
                for (int i = 0; i < 100; ++i)
                    log.event(LogLevel::info, "tick", {{"t", t}, {"i", i}});
            });
    }
    std::vector<int> next(4, 0);
    for (const std::string& line : lines(out)) {
        const ordered_json event = ordered_json::parse(line);
        EXPECT_EQ(event["i"], next.at(event["t"].get<std::size_t>())++);
    }
    EXPECT_THAT(next, testing::Each(100));
}

}  // namespace
}  // namespace faceward::ops
