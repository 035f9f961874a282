#include "engine/model/inspect.hpp"

#include "common/temporary_folder_test.hpp"

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
        std::filesystem::copy(std::filesystem::path(packs) / "default", folder(),
                              std::filesystem::copy_options::recursive);
    }

    const std::filesystem::path& folder() const { return temporary_.path(); }

  private:
    TemporaryFolder temporary_;
};

TEST_F(PackTest, TheDefaultPackHolds) {
    EXPECT_THAT(inspect(folder()).problems, IsEmpty());
    EXPECT_TRUE(open_pack(folder()));
}

TEST_F(PackTest, AChangedByteOfWeightsIsSeen) {
    std::fstream file(folder() / "yunet.bin", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(1000);
    file.put('!');
    file.close();
    EXPECT_THAT(inspect(folder()).problems, ElementsAre(HasSubstr("the SHA-256 of yunet.bin is ")));
    const auto pack = open_pack(folder());
    ASSERT_FALSE(pack);
    EXPECT_EQ(pack.error().fault, Fault::pack_invalid);
    EXPECT_THAT(pack.error().reason, HasSubstr("does not hold"));
}

TEST_F(PackTest, AMissingFileIsSeen) {
    std::filesystem::remove(folder() / "retinaface.xml");
    EXPECT_THAT(inspect(folder()).problems, ElementsAre("retinaface.xml cannot be read"));
}

TEST(Inspect, AFolderWithoutManifestIsNoPack) {
    EXPECT_THAT(inspect("/nowhere").problems, ElementsAre(HasSubstr("no readable manifest.toml")));
}

}  // namespace
}  // namespace faceward::model
