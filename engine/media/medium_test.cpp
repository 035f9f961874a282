#include "engine/media/medium.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace faceward::media {
namespace {

using namespace std::string_literals;

std::optional<Container> told(const std::string& bytes) {
    return container_of({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

struct Beginning {
    std::string name;
    std::string bytes;
    std::optional<Container> container;
};

class ContainerOf : public testing::TestWithParam<Beginning> {};

TEST_P(ContainerOf, IsToldByTheFirstBytes) {
    EXPECT_EQ(told(GetParam().bytes), GetParam().container);
}

/// A tar header without `ustar`, as tools before POSIX wrote it.
std::string old_tar() {
    std::string header(512, '\0');
    header.replace(0, 5, "a.jpg");
    header.replace(100, 7, "0000644");
    unsigned sum = 8 * ' ';
    for (const char c : header) sum += static_cast<unsigned char>(c);
    std::string digits = "000000\0 "s;
    for (int i = 5; i >= 0; --i, sum /= 8)
        digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + sum % 8);
    return header.replace(148, 8, digits);
}

std::string new_tar() { return std::string(257, 'a') + "ustar" + std::string(250, '\0'); }

std::string transport_stream(std::size_t first, std::size_t step) {
    std::string stream(first + 3 * step, '\0');
    for (std::size_t i = first; i < stream.size(); i += step) stream[i] = '\x47';
    return stream;
}

INSTANTIATE_TEST_SUITE_P(
    Beginnings, ContainerOf,
    testing::Values(Beginning{"jpeg", "\xFF\xD8\xFF\xE0", Container::jpeg},
                    Beginning{"png", "\x89PNG\r\n\x1A\n", Container::png},
                    Beginning{"mp4", "\0\0\0\x18"s + "ftypisom", Container::mp4},
                    Beginning{"m4v", "\0\0\0\x18"s + "ftypM4V ", Container::mp4},
                    Beginning{"quicktime", "\0\0\0\x14"s + "ftypqt  ", Container::quicktime},
                    Beginning{"old_quicktime", "\0\0\x10\0"s + "moov", Container::quicktime},
                    Beginning{"three_gp", "\0\0\0\x14"s + "ftyp3gp5", Container::three_gp},
                    Beginning{"webm", "\x1A\x45\xDF\xA3"s + "\x01\x42\x82\x84webm",
                              Container::webm},
                    Beginning{"matroska", "\x1A\x45\xDF\xA3"s + "\x01\x42\x82\x88matroska",
                              Container::matroska},
                    Beginning{"avi", "RIFF\x10\x20\x30\x40"s + "AVI LIST", Container::avi},
                    Beginning{"wav", "RIFF\x10\x20\x30\x40"s + "WAVEfmt ", std::nullopt},
                    Beginning{"mpeg_ts", transport_stream(0, 188), Container::mpeg_ts},
                    Beginning{"mpeg_ts_with_times", transport_stream(4, 192), Container::mpeg_ts},
                    Beginning{"one_sync_byte", "\x47"s + std::string(400, 'x'), std::nullopt},
                    Beginning{"mpeg_ps", "\0\0\x01\xBA"s, Container::mpeg_ps},
                    Beginning{"mpeg_video", "\0\0\x01\xB3"s, Container::mpeg_ps},
                    Beginning{"zip", "PK\x03\x04", Container::zip},
                    Beginning{"empty_zip", "PK\x05\x06", Container::zip},
                    Beginning{"tar", new_tar(), Container::tar},
                    Beginning{"old_tar", old_tar(), Container::tar},
                    Beginning{"gzip", "\x1F\x8B\x08", Container::gzip},
                    Beginning{"bzip2", "BZh9", Container::bzip2},
                    Beginning{"xz", "\xFD"s + "7zXZ\0"s, Container::xz},
                    Beginning{"text", "hello, world", std::nullopt},
                    Beginning{"zeros", std::string(1024, '\0'), std::nullopt},
                    Beginning{"empty", "", std::nullopt}),
    [](const auto& test) { return test.param.name; });

TEST(ContainerOf, HoldsForEveryBeginningOfABeginning) {
    for (const std::string& whole : {old_tar(), new_tar(), transport_stream(4, 192)})
        for (std::size_t length = 0; length <= whole.size(); ++length)
            static_cast<void>(told(whole.substr(0, length)));
}

TEST(MediumKind, FollowsFromTheContainer) {
    EXPECT_EQ(kind_of(Container::png), Kind::picture);
    EXPECT_EQ(kind_of(Container::mp4), Kind::video);
    EXPECT_EQ(kind_of(Container::mpeg_ps), Kind::video);
    EXPECT_EQ(kind_of(Container::zip), Kind::archive);
    EXPECT_EQ(kind_of(Container::xz), Kind::archive);
    EXPECT_EQ(mime_type(Container::quicktime), "video/quicktime");
    EXPECT_EQ(mime_type(Container::xz), "application/x-xz");
}

}  // namespace
}  // namespace faceward::media
