#include "engine/model/inspect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace faceward::model {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A copy of the default pack that a test may damage.
class PackTest : public testing::Test {
  protected:
    void SetUp() override {
        const char* packs = std::getenv("FACEWARD_PACKS");
        if (!packs) GTEST_SKIP() << "no model packs are here (FACEWARD_PACKS)";
        const auto* const info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ =
            std::filesystem::temp_directory_path() / (std::string("faceward_") + info->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::copy(std::filesystem::path(packs) / "default", folder_,
                              std::filesystem::copy_options::recursive);
    }
    void TearDown() override {
        if (!folder_.empty()) std::filesystem::remove_all(folder_);
    }

    std::filesystem::path folder_;
};

TEST_F(PackTest, TheDefaultPackHolds) {
    EXPECT_THAT(inspect(folder_).problems, IsEmpty());
    EXPECT_TRUE(open_pack(folder_));
}

TEST_F(PackTest, AChangedByteOfWeightsIsSeen) {
    std::fstream file(folder_ / "yunet.bin", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(1000);
    file.put('!');
    file.close();
    EXPECT_THAT(inspect(folder_).problems, ElementsAre(HasSubstr("the SHA-256 of yunet.bin is ")));
    const auto pack = open_pack(folder_);
    ASSERT_FALSE(pack);
    EXPECT_EQ(pack.error().fault, Fault::pack_invalid);
    EXPECT_THAT(pack.error().reason, HasSubstr("does not hold"));
}

TEST_F(PackTest, AMissingFileIsSeen) {
    std::filesystem::remove(folder_ / "retinaface.xml");
    EXPECT_THAT(inspect(folder_).problems, ElementsAre("retinaface.xml cannot be read"));
}

TEST(Inspect, AFolderWithoutManifestIsNoPack) {
    EXPECT_THAT(inspect("/nowhere").problems, ElementsAre(HasSubstr("no readable manifest.toml")));
}

}  // namespace
}  // namespace faceward::model
