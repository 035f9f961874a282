#include "service/api/error_table.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <string_view>
#include <vector>

namespace faceward::api {
namespace {

struct Published {
    Refusal refusal;
    int status;
    const char* pattern_code;
    const char* pattern_text;
    const char* liveness_code;
    const char* liveness_text;
};

constexpr const char* liveness_unreadable = "Failed to extract the biometric sample";

/// As the protocol's page has them.
const Published published[] = {
    {Refusal::request_content_type, 400, "BPE-002001", "Invalid Content-Type of HTTP request",
     "LDE-002001", "Invalid Content-Type of HTTP request"},
    {Refusal::method, 400, "BPE-002002", "Invalid HTTP request method", "LDE-002002",
     "Invalid HTTP request method"},
    {Refusal::sample_unreadable, 400, "BPE-002003", "Failed to read the biometric sample",
     "LDE-002004", liveness_unreadable},
    {Refusal::template_unreadable, 400, "BPE-002004", "Failed to read the biometric template",
     "LDE-002004", liveness_unreadable},
    {Refusal::part_content_type, 400, "BPE-002005",
     "Invalid Content-Type of the multiparted HTTP request part", "LDE-002005",
     "Invalid Content-Type of the multiparted HTTP request part"},
    {Refusal::bad_request, 400, "BPE-002006", "Bad request", "LDE-002006", "Bad request"},
    {Refusal::template_not_extracted, 400, "BPE-003001",
     "Failed to retrieve the biometric template", "LDE-002004", liveness_unreadable},
    {Refusal::face_missing, 400, "BPE-003002", "The biometric sample is missing face", "LDE-002004",
     liveness_unreadable},
    {Refusal::several_people, 400, "BPE-003003",
     "More than one person is present on the biometric sample", "LDE-002004", liveness_unreadable},
    {Refusal::internal, 500, "BPE-001001", "Internal bioprocessor error", "LDE-001001",
     "Liveness detection processor internal error"},
    {Refusal::inference, 400, "BPE-001002", "TFSS error. Call the biometry health method.",
     "LDE-001002", "TFSS error. Call the Liveness health method."},
};

TEST(ErrorTable, HasThePublishedCodesAndWords) {
    for (const Published& row : published) {
        const auto pattern = error_response(Group::pattern, {row.refusal, {}});
        EXPECT_EQ(pattern.status, row.status) << row.pattern_code;
        EXPECT_EQ(pattern.body, std::string("{\"code\":\"") + row.pattern_code +
                                    "\",\"message\":\"" + row.pattern_text + "\"}");
        const auto liveness = error_response(Group::liveness, {row.refusal, {}});
        EXPECT_EQ(liveness.status, row.status) << row.liveness_code;
        EXPECT_EQ(liveness.body, std::string("{\"code\":\"") + row.liveness_code +
                                     "\",\"message\":\"" + row.liveness_text + "\"}");
    }
}

TEST(ErrorTable, HasTheServersOwnCodesInBothGroups) {
    const std::pair<Refusal, int> own[] = {
        {Refusal::malformed, 400},        {Refusal::not_found, 404},
        {Refusal::too_slow, 408},         {Refusal::body_too_large, 413},
        {Refusal::header_too_large, 431}, {Refusal::overloaded, 503},
    };
    for (const auto& [refusal, status] : own)
        for (const Group group : {Group::pattern, Group::liveness}) {
            const auto response = error_response(group, {refusal, {}});
            EXPECT_EQ(response.status, status);
            EXPECT_EQ(nlohmann::json::parse(response.body)["code"],
                      "SRV-" + std::to_string(status));
        }
}

TEST(ErrorTable, HasARowForEveryRefusal) {
    for (int i = 0; i <= static_cast<int>(Refusal::overloaded); ++i)
        EXPECT_NO_THROW(error_response(Group::pattern, {static_cast<Refusal>(i), {}})) << i;
}

TEST(ErrorTable, PutsTheReasonBehindTheDescriptionAndTheCodeIntoTheNotes) {
    const auto response =
        error_response(Group::pattern, {Refusal::face_missing, "sample_1 \"\xff\""});
    EXPECT_EQ(response.body,
              "{\"code\":\"BPE-003002\",\"message\":\"The biometric sample is missing face: "
              "sample_1 \\\"\xEF\xBF\xBD\\\"\"}");
    const std::vector<std::pair<std::string, std::string>> noted{{"code", "BPE-003002"},
                                                                 {"reason", "face_missing"}};
    EXPECT_EQ(response.notes, noted);
    EXPECT_EQ(response.content_type, "application/json");
}

TEST(ErrorTable, NotesTheCauseWhereItSaysMoreThanTheRefusal) {
    const auto response =
        error_response(Group::liveness, from_engine({Fault::not_judgeable, "too small"}));
    EXPECT_EQ(response.notes.back().second, "not_judgeable");
}

TEST(ErrorTable, HasAWordOfItsOwnForEveryRefusalAndCause) {
    const auto words = refusal_words();
    const std::set<std::string_view> different(words.begin(), words.end());
    EXPECT_EQ(different.size(), words.size());
    EXPECT_EQ(words.size(), static_cast<std::size_t>(Refusal::overloaded) + 1 +
                                static_cast<std::size_t>(Cause::client_left));
}

TEST(ErrorTable, OnlyWhoMayTryAgainIsToldWhen) {
    for (const Refusal refusal : {Refusal::overloaded, Refusal::inference, Refusal::internal}) {
        const auto response = error_response(Group::pattern, {refusal, {}});
        EXPECT_EQ(!response.headers.empty(), refusal == Refusal::overloaded);
    }
}

TEST(ErrorTable, SaysNothingOfWhatIsTheServersOwnAffair) {
    for (const Fault fault : {Fault::inference_failed, Fault::pack_invalid, Fault::internal})
        EXPECT_EQ(from_engine({fault, "/a/path"}).reason, "");
    EXPECT_EQ(from_engine({Fault::inference_failed, {}}).refusal, Refusal::inference);
    EXPECT_EQ(from_engine({Fault::pack_invalid, {}}).refusal, Refusal::internal);
    EXPECT_EQ(from_engine({Fault::internal, {}}).refusal, Refusal::internal);
}

TEST(ErrorTable, TellsTheEnginesFaultsApart) {
    const std::pair<Fault, Refusal> faults[] = {
        {Fault::picture_unreadable, Refusal::sample_unreadable},
        {Fault::template_unreadable, Refusal::template_unreadable},
        {Fault::face_not_found, Refusal::face_missing},
        {Fault::several_faces, Refusal::several_people},
        {Fault::template_not_extracted, Refusal::template_not_extracted},
    };
    for (const auto& [fault, refusal] : faults) {
        const ApiError error = from_engine({fault, "why"});
        EXPECT_EQ(error.refusal, refusal);
        EXPECT_EQ(error.reason, "why");
    }
}

}  // namespace
}  // namespace faceward::api
