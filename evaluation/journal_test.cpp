#include "evaluation/journal.hpp"

#include "common/temporary_folder_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

namespace faceward::evaluation {
namespace {

using testing::HasSubstr;

const nlohmann::json maker{{"pack", "test 1"}};

class JournalOfARun : public testing::Test {
  protected:
    JournalOfARun() {
        for (const char* name : {"a", "b", "c"}) std::ofstream(folder() / name) << name;
    }

    const std::filesystem::path& folder() const { return temporary_.path(); }

    Journal open() const { return *Journal::open(folder() / "out", maker); }

    /// Looks at a, b and c; how many of them were looked at.
    std::size_t run(Journal& journal) const {
        std::atomic<std::size_t> looked = 0;
        const auto found = look_at_all(
            {"a", "b", "c"}, folder(), 2, journal,
            [&](std::size_t, const std::filesystem::path& file) {
                ++looked;
                return nlohmann::json{{"name", file.filename().string()}};
            },
            [](std::size_t, std::size_t) {});
        EXPECT_EQ(found.at(0)["name"], "a");
        EXPECT_EQ(found.at(2)["name"], "c");
        return looked;
    }

  private:
    TemporaryFolder temporary_;
};

TEST_F(JournalOfARun, FindsAgainWhatWasLookedAt) {
    {
        Journal journal = open();
        EXPECT_EQ(run(journal), 3U);
    }
    Journal journal = open();
    EXPECT_EQ(run(journal), 0U);
}

TEST_F(JournalOfARun, LooksAgainAtAFileThatChanged) {
    {
        Journal journal = open();
        run(journal);
    }
    std::ofstream(folder() / "b") << "longer";
    Journal journal = open();
    EXPECT_EQ(run(journal), 1U);
}

TEST_F(JournalOfARun, OutlivesAFileThatGoesOrChangesMeanwhile) {
    Journal journal = open();
    const auto found = look_at_all(
        {"a", "b"}, folder(), 1, journal,
        [&](std::size_t, const std::filesystem::path& file) {
            if (file.filename() == "a") std::filesystem::remove(file);
            if (file.filename() == "b") std::ofstream(file) << "longer";
            return nlohmann::json{{"name", file.filename().string()}};
        },
        [](std::size_t, std::size_t) {});
    EXPECT_EQ(found.at(0)["name"], "a");
    EXPECT_EQ(found.at(1)["name"], "b");
    EXPECT_EQ(run(journal), 3U);
}

TEST_F(JournalOfARun, GoesOnAfterALineThatIsCutOff) {
    {
        Journal journal = open();
        run(journal);
    }
    const auto file = folder() / "out" / "journal.jsonl";
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 5);
    {
        Journal journal = open();
        EXPECT_EQ(run(journal), 1U);
    }
    Journal journal = open();
    EXPECT_EQ(run(journal), 0U);
}

TEST_F(JournalOfARun, IsNotMixedWithAnothersFindings) {
    {
        Journal journal = open();
        run(journal);
    }
    const auto other = Journal::open(folder() / "out", {{"pack", "test 2"}});
    ASSERT_FALSE(other);
    EXPECT_THAT(other.error(), HasSubstr("another pack"));
}

}  // namespace
}  // namespace faceward::evaluation
