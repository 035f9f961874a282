#include "engine/media/worker/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace faceward::media {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::string_literals;

const std::string jpeg = "\xFF\xD8\xFF\xE0 looks like one";
const std::string png = "\x89PNG\r\n\x1A\n looks like one";

using Entries = std::vector<std::pair<std::string, std::string>>;

struct Format {
    std::string name;
    int (*format)(archive*);
    int (*filter)(archive*);
    const char* options = nullptr;
};

const Format zip{"zip", &archive_write_set_format_zip, &archive_write_add_filter_none};
const Format stored_zip{"stored_zip", &archive_write_set_format_zip, &archive_write_add_filter_none,
                        "zip:compression=store"};
const Format zip64{"zip64", &archive_write_set_format_zip, &archive_write_add_filter_none,
                   "zip:zip64"};

/// An archive of these files; a name that ends in a slash is a directory.
std::vector<std::uint8_t> packed(const Format& format, const Entries& entries,
                                 const char* passphrase = nullptr) {
    std::vector<std::uint8_t> bytes(1'000'000 + 100 * entries.size());
    std::size_t used = 0;
    const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(),
                                                                         &archive_write_free);
    format.format(writer.get());
    format.filter(writer.get());
    if (format.options != nullptr) archive_write_set_options(writer.get(), format.options);
    if (passphrase != nullptr) {
        archive_write_set_options(writer.get(), "zip:encryption=traditional");
        archive_write_set_passphrase(writer.get(), passphrase);
    }
    archive_write_open_memory(writer.get(), bytes.data(), bytes.size(), &used);
    for (const auto& [name, content] : entries) {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(
            archive_entry_new(), &archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), name.ends_with('/') ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
        archive_write_header(writer.get(), entry.get());
        archive_write_data(writer.get(), content.data(), content.size());
    }
    archive_write_close(writer.get());
    bytes.resize(used);
    return bytes;
}

std::vector<std::string> names(const Result<std::vector<ArchivedPicture>>& pictures) {
    std::vector<std::string> result;
    if (pictures)
        for (const ArchivedPicture& picture : *pictures) result.push_back(picture.name);
    return result;
}

std::string refusal(const std::vector<std::uint8_t>& bytes, const MediaLimits& limits = {}) {
    const auto pictures = read_archive(bytes, limits);
    if (pictures) return "accepted";
    EXPECT_EQ(pictures.error().fault, Fault::medium_unreadable);
    return pictures.error().reason;
}

class ArchiveFormat : public testing::TestWithParam<Format> {};

TEST_P(ArchiveFormat, GivesPicturesInNaturalOrder) {
    const auto bytes = packed(GetParam(), {{"clip/", ""},
                                           {"clip/f10.jpg", jpeg},
                                           {"clip/f2.png", png},
                                           {"__MACOSX/clip/._f2.png", "x"},
                                           {"clip/.DS_Store", "x"},
                                           {"clip/f1.jpg", jpeg}});
    const auto pictures = read_archive(bytes, {});
    ASSERT_TRUE(pictures) << pictures.error().reason;
    EXPECT_THAT(names(pictures), ElementsAre("clip/f1.jpg", "clip/f2.png", "clip/f10.jpg"));
    EXPECT_EQ(std::string(pictures->at(1).bytes.begin(), pictures->at(1).bytes.end()), png);
}

TEST_P(ArchiveFormat, CountsWhatItSkips) {
    for (const std::string skipped : {".hidden", "clip/.hidden.jpg", "__MACOSX/hidden"}) {
        const auto bytes =
            packed(GetParam(), {{skipped, std::string(500'000, '\0')}, {"1.jpg", jpeg}});
        MediaLimits limits;
        limits.max_ratio = 1'000'000;
        limits.max_unpacked_bytes = 500'000 + static_cast<std::int64_t>(jpeg.size());
        EXPECT_EQ(refusal(bytes, limits), "accepted");
        --limits.max_unpacked_bytes;
        EXPECT_EQ(refusal(bytes, limits), "the archive unpacks to too many bytes");
        limits.max_unpacked_bytes = 499'999;
        EXPECT_EQ(refusal(bytes, limits), "the archive unpacks to too many bytes");
        limits.max_unpacked_bytes = 1'000'000;
        limits.max_ratio = 499'999 / static_cast<std::int64_t>(bytes.size());
        EXPECT_EQ(refusal(bytes, limits), "the archive unpacks to too many bytes");
    }
}

TEST_P(ArchiveFormat, UnpacksOnce) {
    const auto inner = packed(GetParam(), {{"1.jpg", jpeg}});
    for (const auto filter : {&archive_write_add_filter_gzip, &archive_write_add_filter_bzip2,
                              &archive_write_add_filter_xz}) {
        const Format again{"raw", &archive_write_set_format_raw, filter};
        const auto bytes = packed(again, {{"inner", std::string(inner.begin(), inner.end())}});
        const bool plain = GetParam().filter == &archive_write_add_filter_none;
        EXPECT_EQ(refusal(bytes), plain ? "accepted" : "the archive is damaged");
    }
}

INSTANTIATE_TEST_SUITE_P(
    Formats, ArchiveFormat,
    testing::Values(
        zip, stored_zip, zip64,
        Format{"tar", &archive_write_set_format_pax_restricted, &archive_write_add_filter_none},
        Format{"ustar", &archive_write_set_format_ustar, &archive_write_add_filter_none},
        Format{"gnutar", &archive_write_set_format_gnutar, &archive_write_add_filter_none},
        Format{"tar_gz", &archive_write_set_format_pax_restricted, &archive_write_add_filter_gzip},
        Format{"tar_bz2", &archive_write_set_format_pax_restricted,
               &archive_write_add_filter_bzip2},
        Format{"tar_xz", &archive_write_set_format_pax_restricted, &archive_write_add_filter_xz}),
    [](const auto& test) { return test.param.name; });

TEST(Archive, SaysWhatIsWrongWithIt) {
    EXPECT_THAT(refusal(packed(zip, {})), HasSubstr("no pictures"));
    EXPECT_THAT(refusal(packed(zip, {{"a/", ""}, {".hidden.jpg", jpeg}})),
                HasSubstr("no pictures"));
    EXPECT_THAT(refusal(packed(zip, {{"a.jpg", jpeg}, {"notes.txt", "hello"}})),
                HasSubstr("neither JPEG nor PNG: notes.txt"));
    EXPECT_THAT(refusal(packed(zip, {{"a.jpg", ""}})), HasSubstr("neither JPEG nor PNG"));
    EXPECT_THAT(refusal(packed(zip, {{"inner.zip", "PK\x03\x04..."}})),
                HasSubstr("an archive in the archive"));
    EXPECT_THAT(refusal(packed(zip, {{"a.jpg", jpeg}}, "secret")), HasSubstr("encrypted"));
}

TEST(Archive, NamesThatClimbAreSkipped) {
    const auto bytes = packed(zip, {{"../../etc/passwd.jpg", jpeg}, {"a.jpg", jpeg}});
    EXPECT_THAT(names(read_archive(bytes, {})), ElementsAre("a.jpg"));
}

TEST(Archive, KeepsToItsLimits) {
    const Entries three{{"1.jpg", jpeg}, {"2.jpg", jpeg}, {"3.jpg", jpeg}};
    MediaLimits limits;
    limits.max_entries = 3;
    EXPECT_EQ(refusal(packed(zip, three), limits), "accepted");
    limits.max_entries = 2;
    EXPECT_THAT(refusal(packed(zip, three), limits), HasSubstr("more than 2 entries"));

    const Entries bomb{{"1.png", png + std::string(500'000, '\0')}};
    limits = {};
    EXPECT_EQ(refusal(packed(stored_zip, bomb), limits), "accepted");
    limits.max_unpacked_bytes = 400'000;
    EXPECT_THAT(refusal(packed(stored_zip, bomb), limits), HasSubstr("too many bytes"));
    limits = {};
    limits.max_ratio = 100;
    EXPECT_THAT(refusal(packed(zip, bomb), limits), HasSubstr("too many bytes"));
}

TEST(Archive, ABrokenOneIsRefusedWhereverItBreaksOff) {
    const auto whole = packed(zip, {{"1.jpg", jpeg}, {"2.jpg", jpeg}});
    for (std::size_t length = 4; length + 22 < whole.size(); ++length) {
        const auto pictures = read_archive(std::span(whole).first(length), MediaLimits{});
        EXPECT_LE(names(pictures).size(), 2);
    }
    EXPECT_NE(refusal({'P', 'K', 3, 4}), "accepted");
    EXPECT_NE(refusal({0x1F, 0x8B, 8, 0}), "accepted");
}

}  // namespace
}  // namespace faceward::media
