#include "service/http/message.hpp"

#include <gtest/gtest.h>

namespace faceward::http {
namespace {

TEST(Message, HeaderIsFoundInAnyCaseAndFirstWins) {
    Request request;
    request.headers = {
        {"content-TYPE", "image/png"}, {"Content-Type", "image/jpeg"}, {"X-Empty", ""}};
    EXPECT_EQ(request.header("Content-Type"), "image/png");
    EXPECT_EQ(request.header("Content-Typ"), "");
    EXPECT_EQ(request.header("Content-Type2"), "");
}

TEST(Message, AbsentHeaderIsToldFromEmptyOne) {
    Request request;
    request.headers = {{"X-Empty", ""}};
    EXPECT_NE(request.header("x-empty").data(), nullptr);
    EXPECT_EQ(request.header("x-absent").data(), nullptr);
}

}  // namespace
}  // namespace faceward::http
