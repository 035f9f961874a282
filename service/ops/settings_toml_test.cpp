#include "service/ops/settings_toml.hpp"

#include "common/temporary_folder_test.hpp"
#include "service/ops/setting_table.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace faceward::ops {
namespace {

class SettingsFile : public testing::Test {
  protected:
    tl::expected<Settings, std::string> load(std::string_view text, Environment environment = {}) {
        std::ofstream(file()) << text;
        return load_settings(
            {.file = file(), .environment = std::move(environment), .options = {}});
    }
    std::filesystem::path file() const { return folder() / "faceward.toml"; }
    const std::filesystem::path& folder() const { return folder_.path(); }

  private:
    TemporaryFolder folder_;
};

TEST_F(SettingsFile, templateLoadsToTheDefaults) {
    const auto settings = load(to_toml(Settings{}));
    ASSERT_TRUE(settings) << settings.error();
    EXPECT_EQ(*settings, Settings{});
}

TEST_F(SettingsFile, templateTellsEverySettingItsMeaningUnitAndDefault) {
    const std::string text = to_toml(Settings{});
    for (const Setting& setting : setting_table()) {
        EXPECT_THAT(text, testing::HasSubstr(fmt::format("\n{} = ", setting.name)));
        EXPECT_THAT(text, testing::HasSubstr(fmt::format("\n# {}.\n", setting.meaning)));
    }
    EXPECT_THAT(text, testing::HasSubstr("\n# Largest request body; a larger one is answered 413.\n"
                                         "# a whole number from 1024 to 1099511627776, in bytes; "
                                         "default 67108864; live\nmax_body_bytes = 67108864\n"));
    EXPECT_THAT(text, testing::HasSubstr("default []\nwebhook_allow = []\n"));
    EXPECT_THAT(text, testing::HasSubstr("default \"\"\nwebhook_secret = \"\"\n"));
    EXPECT_THAT(text, testing::HasSubstr("default 0.85; live\napprove_threshold = 0.85\n"));
}

TEST_F(SettingsFile, everythingThatIsWrongIsSaidAtOnce) {
    std::ofstream(file()) << "port = 70000\nprot = 1\nmax_queue = 5\napprove_threshold = 0.1\n"
                             "max_body_bytes = 2000000000\nadmin_port = 8080\n";
    const std::string name = file().string();
    EXPECT_THAT(
        file_problems(file()),
        testing::ElementsAre(
            name + " line 1: port = 70000, but it must be a whole number from 0 to 65535",
            name + " line 2: there is no setting prot",
            name + ": decline_threshold = 0.5, but it must be at most approve_threshold = 0.1",
            name + ": max_buffered_bytes = 1073741824, but it must be at least max_body_bytes = "
                   "2000000000",
            name + ": admin_port = 8080, but it must not be port, as admin_host = \"127.0.0.1\" "
                   "and host = \"127.0.0.1\" overlap"));
}

TEST_F(SettingsFile, nothingIsWrongWithTheTemplate) {
    std::ofstream(file()) << to_toml(Settings{});
    EXPECT_THAT(file_problems(file()), testing::IsEmpty());
    EXPECT_THAT(file_problems(folder() / "none"), testing::SizeIs(1));
}

TEST_F(SettingsFile, settingsSurviveBeingWrittenAndRead) {
    Settings changed;
    changed.host = "a \"quoted\" \\ host\n";
    changed.models = "/päck/'x'";
    changed.precision = Precision::automatic;
    changed.log_level = LogLevel::error;
    changed.tolerate_bystanders = true;
    changed.min_second_face_ratio = 0.1 + 0.2;
    changed.approve_threshold = 1;
    changed.read_timeout_ms = std::chrono::milliseconds(1);
    changed.webhook_allow = {"hooks.example.com", "*.example.org", "\"[::1]\":80"};
    const auto settings = load(to_toml(changed));
    ASSERT_TRUE(settings) << settings.error();
    EXPECT_EQ(*settings, changed);
}

TEST_F(SettingsFile, showsAListOnOneLine) {
    Settings settings;
    settings.webhook_allow = {"hooks.example.com", "*.example.org", std::string(200, 'x')};
    EXPECT_THAT(
        to_toml(settings),
        testing::HasSubstr("\nwebhook_allow = [\"hooks.example.com\", \"*.example.org\", \"" +
                           std::string(200, 'x') + "\"]\n"));
}

TEST_F(SettingsFile, saysOfASecretOnlyThatItIsSet) {
    Settings settings;
    settings.webhook_secret = "open sesame";
    const std::string text = to_toml(settings);
    EXPECT_THAT(text, testing::HasSubstr("\n# webhook_secret is set, and not shown here\n"));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("sesame")));
    EXPECT_EQ(load(text), Settings{});
}

TEST_F(SettingsFile, givesWhatItNamesAndIsBeatenByVariables) {
    const auto settings =
        load("port = 1\nworkers = 0x2\nmin_second_face_ratio = 1\n", {{"FACEWARD_PORT", "3"}});
    ASSERT_TRUE(settings) << settings.error();
    Settings expected;
    expected.port = 3;
    expected.workers = 2;
    expected.min_second_face_ratio = 1;
    EXPECT_EQ(*settings, expected);
}

TEST_F(SettingsFile, isRefusedWithLineValueAndWhatIsAllowed) {
    const struct {
        const char* text;
        const char* error;
    } cases[] = {
        {"# a comment\n\nport = 70000\n",
         " line 3: port = 70000, but it must be a whole number from 0 to 65535"},
        {"port = \"80\"", " line 1: port = \"80\", but it must be a whole number from 0 to 65535"},
        {"port = 80.5", " line 1: port = 80.5, but it must be a whole number from 0 to 65535"},
        {"port = [80]", " line 1: port = [ 80 ], but it must be a whole number from 0 to 65535"},
        {"[port]\nnumber = 80",
         " line 1: port = a table, but it must be a whole number from 0 to 65535"},
        {"port = 1979-05-27",
         " line 1: port = 1979-05-27, but it must be a whole number from 0 to 65535"},
        {"port = [\"80\"]",
         " line 1: port = [\"80\"], but it must be a whole number from 0 to 65535"},
        {"webhook_allow = [\"a\", 1]",
         " line 1: webhook_allow = [ \"a\", 1 ], but it must be a list of words without blanks: "
         "[\"a\", \"b\"] in a file, a,b elsewhere"},
        {"webhook_allow = [\"a\", \"b c\"]",
         " line 1: webhook_allow = [\"a\", \"b c\"], but it must be a list of words without "
         "blanks: "
         "[\"a\", \"b\"] in a file, a,b elsewhere"},
        {"webhook_secret = 123456", " line 1: webhook_secret = (not shown), but it must be text"},
        {"approve_threshold = nan",
         " line 1: approve_threshold = nan, but it must be a number from 0 to 1"},
        {"decline_threshold = 1.1",
         " line 1: decline_threshold = 1.1, but it must be a number from 0 to 1"},
        {"tolerate_bystanders = 1",
         " line 1: tolerate_bystanders = 1, but it must be true or false"},
        {"prot = 80", " line 1: there is no setting prot"},
        {"port = 80\n\n[server]\nhost = \"::\"", " line 3: there is no setting server"},
    };
    for (const auto& c : cases) {
        const auto settings = load(c.text);
        ASSERT_FALSE(settings) << c.text;
        EXPECT_EQ(settings.error(), file().string() + c.error);
    }
}

TEST_F(SettingsFile, isRefusedWhenItIsNoToml) {
    for (const char* text : {"port = 80\nport = 81\n", "port = 80\nport\n"})
        EXPECT_THAT(load(text).error(), testing::StartsWith(file().string() + " line 2: ")) << text;
    EXPECT_THAT(load("\xff").error(), testing::StartsWith(file().string() + " line 1: "));
}

TEST_F(SettingsFile, isRefusedWhenItCannotBeRead) {
    for (const auto& path : {folder() / "missing", folder()})
        EXPECT_EQ(read_toml(path).error(), path.string() + ": cannot be opened as a file");
}

TEST_F(SettingsFile, mayBeEmpty) { EXPECT_EQ(load(""), Settings{}); }

}  // namespace
}  // namespace faceward::ops
