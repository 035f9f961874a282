#include "service/http/base64.hpp"

#include <gtest/gtest.h>

#include <random>
#include <utility>

namespace faceward::http {
namespace {

using Pair = std::pair<std::string, std::string>;

class Base64Vector : public testing::TestWithParam<Pair> {};

TEST_P(Base64Vector, GoesBothWays) {
    const auto& [bytes, text] = GetParam();
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text).value(), bytes);
}

INSTANTIATE_TEST_SUITE_P(Rfc4648, Base64Vector,
                         testing::Values(Pair{"", ""}, Pair{"f", "Zg=="}, Pair{"fo", "Zm8="},
                                         Pair{"foo", "Zm9v"}, Pair{"foob", "Zm9vYg=="},
                                         Pair{"fooba", "Zm9vYmE="}, Pair{"foobar", "Zm9vYmFy"},
                                         Pair{"\xFB\xEF\xBE\xFF\xFF", "++++//8="}));

class BrokenBase64 : public testing::TestWithParam<std::string> {};

TEST_P(BrokenBase64, IsRefused) { EXPECT_FALSE(from_base64(GetParam())) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(
    Base64, BrokenBase64,
    testing::Values("Z", "Zg", "Zg=", "Zm8", "Zm9vY", "Zm9vYg=",            // padding missing
                    "=", "==", "====", "Z===", "=g==", "Z=g=", "Zg=g",      // padding misplaced
                    "Zg==Zg==", "Zg==Zm9v", "Zg===", "Zm8==", "Zm9v=",      // and what follows it
                    "Zg==\n=", "Zg== ",                                     //
                    "Zh==", "Zm9=", "Zm9vYh==",                             // bits left over
                    " Zm9v", "Zm9v ", "Zm 9v", "Zm\t9v", "Zm9v\v", "-_-_",  // foreign characters
                    "Zm9*", "data:;base64,Zm9v", "Zm\xC3\xA4", std::string("Zm9\0", 4)));

TEST(Base64, LineBreaksCountNowhere) {
    for (const char* text :
         {"Zm9vYmFy\r\n", "\nZm9vYmFy", "Zm9v\r\nYmFy", "Z\nm\r9\nv\r\n\r\nYmFy", "Zm9vYmF\ny"})
        EXPECT_EQ(from_base64(text).value_or("refused"), "foobar") << text;
    EXPECT_EQ(from_base64("Z\ng\n=\r\n=\n").value_or("refused"), "f");
    EXPECT_EQ(from_base64("\r\n").value_or("refused"), "");
}

/// In lines of that many characters, as mail programs write it.
std::string folded(const std::string& text, std::size_t width) {
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += width)
        lines += text.substr(at, width) + "\r\n";
    return lines;
}

TEST(Base64, RandomBytesComeBack) {
    std::mt19937 random(20'240'601);
    for (std::size_t length = 0; length < 300; ++length) {
        std::string bytes(length, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        const std::string text = to_base64(bytes);
        EXPECT_EQ(from_base64(text).value_or("refused"), bytes);
        EXPECT_EQ(from_base64(folded(text, 76)).value_or("refused"), bytes);
        EXPECT_EQ(from_base64(folded(text, 7)).value_or("refused"), bytes);
    }
}

TEST(Base64, EveryForeignByteIsRefusedAtEveryPlace) {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool standard = std::isalnum(byte) != 0 || c == '+' || c == '/';
        if (standard || c == '\r' || c == '\n') continue;
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "Zm9vZm9vZm9v";
            text[4 + place] = c;
            EXPECT_FALSE(from_base64(text)) << byte << " at " << place;
        }
    }
}

}  // namespace
}  // namespace faceward::http
