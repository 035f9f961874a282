#include "service/http/response_head.hpp"

#include <gtest/gtest.h>

namespace faceward::http {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

TEST(ResponseHead, HoldsEverythingInPlace) {
    Response response;
    response.status = 503;
    response.body = "12345";
    response.headers = {{"Retry-After", "1"}};
    EXPECT_EQ(response_head(response, "id-1", true, system_clock::time_point(seconds(784'111'777))),
              "HTTP/1.1 503 Service Unavailable\r\n"
              "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
              "Server: faceward\r\n"
              "X-Request-ID: id-1\r\n"
              "Connection: keep-alive\r\n"
              "Cache-Control: no-store\r\n"
              "X-Content-Type-Options: nosniff\r\n"
              "Content-Type: application/json\r\n"
              "Content-Length: 5\r\n"
              "Retry-After: 1\r\n"
              "\r\n");
}

TEST(ResponseHead, ClosesAndCarriesStatusesWithoutPhrase) {
    Response response;
    response.status = 299;
    const std::string head = response_head(response, "x", false, {});
    EXPECT_TRUE(head.starts_with("HTTP/1.1 299 \r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"))
        << head;
    EXPECT_NE(head.find("\r\nConnection: close\r\n"), std::string::npos);
}

TEST(ResponseHead, CarriesTheCachingThatIsAsked) {
    Response response;
    response.status = 304;
    response.cache_control = "no-cache";
    const std::string head = response_head(response, "x", true, {});
    EXPECT_TRUE(head.starts_with("HTTP/1.1 304 Not Modified\r\n")) << head;
    EXPECT_NE(head.find("\r\nCache-Control: no-cache\r\n"), std::string::npos);
    EXPECT_EQ(head.find("no-store"), std::string::npos);
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
}

}  // namespace
}  // namespace faceward::http
