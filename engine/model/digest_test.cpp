#include "engine/model/digest.hpp"

#include "common/temporary_folder_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace faceward::model {
namespace {

// FIPS 180-4 examples, NIST "Cryptographic Standards and Guidelines", example values for SHA-256.
TEST(Digest, GivesThePublishedValues) {
    EXPECT_EQ(to_hex(sha256("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, OfAFileIsThatOfItsBytes) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "long";
    const std::string bytes(3'000'000, 'x');
    std::ofstream(file, std::ios::binary) << bytes;
    const auto digest = sha256_of_file(file);
    ASSERT_TRUE(digest);
    EXPECT_EQ(*digest, sha256(bytes));
}

TEST(Digest, OfAMissingFileIsAnErrorThatNamesItWithoutItsFolder) {
    const auto digest = sha256_of_file("/nowhere/at_all.bin");
    ASSERT_FALSE(digest);
    EXPECT_EQ(digest.error().reason, "at_all.bin cannot be read");
}

}  // namespace
}  // namespace faceward::model
