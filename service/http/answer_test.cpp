#include "service/http/answer.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace faceward::http {
namespace {

Response with_status(int status) {
    Response response;
    response.status = status;
    return response;
}

TEST(Answer, GivenBeforeItIsAskedForWakesNobody) {
    Answer answer;
    answer.reply()(with_status(200));
    const auto response = answer.take([] { ADD_FAILURE() << "woken"; });
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
}

TEST(Answer, GivenLaterWakesOnce) {
    Answer answer;
    const Reply reply = answer.reply();
    int woken = 0;
    EXPECT_FALSE(answer.take([&] { ++woken; }));
    std::thread([&] { reply(with_status(201)); }).join();
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(answer.take({})->status, 201);
}

TEST(Answer, OnlyTheFirstCounts) {
    Answer answer;
    const Reply reply = answer.reply();
    reply(with_status(201));
    reply(with_status(202));
    EXPECT_EQ(answer.take({})->status, 201);
    EXPECT_FALSE(answer.take({}));
}

TEST(Answer, ReplyThatGoesUncalledIsA500) {
    Answer answer;
    {
        const Reply reply = answer.reply();
        const Reply copy = reply;
    }
    const auto response = answer.take({});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 500);
    EXPECT_EQ(response->body, "");
}

TEST(Answer, ReplyMayOutliveIt) {
    Reply reply;
    {
        Answer answer;
        reply = answer.reply();
        EXPECT_FALSE(answer.take([] { ADD_FAILURE() << "woken"; }));
    }
    reply(with_status(200));
}

}  // namespace
}  // namespace faceward::http
