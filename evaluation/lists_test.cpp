#include "evaluation/lists.hpp"

#include "common/temporary_folder_test.hpp"
#include "evaluation/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace faceward::evaluation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Lists : public testing::Test {
  protected:
    std::filesystem::path write(const std::string& text) const {
        const std::filesystem::path file = folder_.path() / "list.csv";
        std::ofstream(file) << text;
        return file;
    }

  private:
    TemporaryFolder folder_;
};

TEST_F(Lists, CsvMayQuoteAndComeFromWindows) {
    const auto table = read_csv(write("path,subject\r\n\"a, \"\"b\"\".jpg\",x\r\n"), {"subject"});
    ASSERT_TRUE(table) << table.error();
    EXPECT_THAT(table->rows.at(0), ElementsAre("a, \"b\".jpg", "x"));
}

TEST_F(Lists, CsvErrorsNameTheRowOrTheColumn) {
    EXPECT_THAT(read_csv(write("a,b\n1\n"), {}).error(),
                HasSubstr("row 2 has 1 fields instead of 2"));
    EXPECT_THAT(read_csv(write("a,b\n1,2\n"), {"c"}).error(), HasSubstr("no column \"c\""));
    EXPECT_THAT(read_csv(write(""), {}).error(), HasSubstr("is empty"));
    EXPECT_THAT(read_csv("/nonexistent.csv", {}).error(), HasSubstr("cannot be read"));
    EXPECT_THAT(read_csv(write("a\n\"1\n"), {}).error(), HasSubstr("row 2"));
}

TEST_F(Lists, PairsJoinPicturesToSubjects) {
    const auto list = read_pairs(write("path_a,path_b,same\na,b,1\nb,c,1\nd,a,0\n"));
    ASSERT_TRUE(list) << list.error();
    EXPECT_THAT(list->samples.paths, ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(list->samples.subjects, ElementsAre(0, 0, 0, 3));
    EXPECT_EQ(list->pairs.size(), 3U);
    EXPECT_FALSE(list->pairs[2].mated);
}

TEST_F(Lists, LabelsOfPairsAreChecked) {
    EXPECT_THAT(read_pairs(write("path_a,path_b,same\na,b,yes\n")).error(),
                HasSubstr("row 2: same is \"yes\""));
}

TEST_F(Lists, LfwsOwnFormatIsRead) {
    const auto list = read_pairs(
        write("2\t1\nAnn_Lee\t1\t3\nAnn_Lee\t1\tBo_Ek\t12\nBo_Ek 1 12\nBo_Ek 1 Ann_Lee 3\n"));
    ASSERT_TRUE(list) << list.error();
    ASSERT_EQ(list->pairs.size(), 4U);
    EXPECT_EQ(list->samples.paths[list->pairs[0].b], "Ann_Lee/Ann_Lee_0003.jpg");
    EXPECT_EQ(list->samples.paths[list->pairs[1].b], "Bo_Ek/Bo_Ek_0012.jpg");
    EXPECT_TRUE(list->pairs[2].mated);
    EXPECT_EQ(list->pairs[1].fold, 0);
    EXPECT_EQ(list->pairs[2].fold, 1);
}

TEST_F(Lists, FoldersAreLfwsSubjects) {
    const auto list =
        read_pairs(write("1\t2\nAnn_Lee\t1\t2\nAnn_Lee\t3\t4\nAnn_Lee\t1\tBo_Ek\t1\n"));
    ASSERT_TRUE(list) << list.error();
    EXPECT_EQ(list->samples.subjects, (std::vector<std::uint32_t>{0, 0, 0, 0, 1}));
}

TEST_F(Lists, CsvMayBeginWithAByteOrderMark) {
    EXPECT_TRUE(read_csv(write("\xEF\xBB\xBFpath\na\n"), {"path"}));
}

TEST_F(Lists, FoldsAreWholeNumbers) {
    const auto list = read_pairs(write("path_a,path_b,same,fold\na,b,1,7\n"));
    ASSERT_TRUE(list) << list.error();
    EXPECT_EQ(list->pairs.at(0).fold, 7);
    EXPECT_THAT(read_pairs(write("path_a,path_b,same,fold\na,b,1,7x\n")).error(),
                HasSubstr("row 2: fold is \"7x\""));
}

TEST_F(Lists, NothingIsListedTwice) {
    EXPECT_THAT(read_subjects(write("path,subject\na,x\nb,y\na,x\n")).error(),
                HasSubstr("row 4: \"a\" is listed twice"));
    EXPECT_THAT(read_search(write("path,subject,set\na,x,gallery\na,x,probe\n")).error(),
                HasSubstr("listed twice"));
    EXPECT_THAT(read_presentations(write("path,label,pai\na,bonafide,\na,attack,print\n")).error(),
                HasSubstr("listed twice"));
}

TEST_F(Lists, SubjectsGiveAllPairs) {
    const auto list = read_subjects(write("path,subject\na,x\nb,y\nc,x\n"));
    ASSERT_TRUE(list) << list.error();
    ASSERT_EQ(list->pairs.size(), 3U);
    EXPECT_TRUE(list->pairs[1].mated);
    EXPECT_FALSE(list->pairs[0].mated || list->pairs[2].mated);
}

TEST_F(Lists, SearchesNeedGalleryAndProbes) {
    EXPECT_TRUE(read_search(write("path,subject,set\na,x,gallery\nb,y,probe\n")));
    EXPECT_THAT(read_search(write("path,subject,set\na,x,gallery\n")).error(),
                HasSubstr("holds no probes"));
    EXPECT_THAT(read_search(write("path,subject,set\na,x,both\n")).error(),
                HasSubstr("set is \"both\""));
}

TEST_F(Lists, PresentationsAreBonaFideOrOfAnInstrument) {
    const auto list =
        read_presentations(write("path,label,pai\na,bonafide,\nb,attack,print\nc,attack,\n"));
    ASSERT_TRUE(list) << list.error();
    EXPECT_EQ(list->at(0).instrument, "");
    EXPECT_EQ(list->at(1).instrument, "print");
    EXPECT_EQ(list->at(2).instrument, "unnamed");
    EXPECT_THAT(std::vector({list->at(0).subject, list->at(1).subject, list->at(2).subject}),
                ElementsAre(0, 1, 2));
    const auto of_people =
        read_presentations(write("path,label,pai,subject\na,bonafide,,x\nb,attack,print,x\n"));
    ASSERT_TRUE(of_people) << of_people.error();
    EXPECT_EQ(of_people->at(0).subject, of_people->at(1).subject);
    EXPECT_THAT(read_presentations(write("path,label,pai\na,live,\n")).error(),
                HasSubstr("label is \"live\""));
}

}  // namespace
}  // namespace faceward::evaluation
