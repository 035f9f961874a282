#include "engine/media/decoder.hpp"

#include "engine/media/worker/sanitizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace faceward::media {
namespace {

using testing::_;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;
using namespace std::chrono_literals;

/// How long a decoder and a launcher may take. With a sanitizer they are several times slower.
constexpr std::chrono::milliseconds patience = sanitizer::present ? 5'000ms : 500ms;

/// A decoder whose program does what it is told, and what it reported as failures.
class DecoderTest : public testing::Test {
  protected:
    Result<Decoder> open(bool locked = true) {
        DecoderOptions options;
        options.limits.picture.max_pixels = 1'000'000;
        options.max_input_bytes = 1'000;
        options.timeout = patience;
        options.calls_per_process = 5;
        options.on_failure = [this](DecoderFailure failure, std::string_view what) {
            failures.emplace_back(failure, what);
        };
        launcher = std::make_shared<Launcher>(
            Launcher::Options{FACEWARD_FAULTY_DECODER, std::uint64_t{64} << 20U, locked, patience});
        return Decoder::open(launcher, options);
    }

    static DecoderOptions larger() {
        DecoderOptions options;
        options.max_input_bytes = 2 * Decoder::least_room;
        return options;
    }

    static Result<image::PictureView> tell(Decoder& decoder, const std::string& deed) {
        return decoder.picture({reinterpret_cast<const std::uint8_t*>(deed.data()), deed.size()});
    }

    std::shared_ptr<Launcher> launcher;
    std::vector<std::pair<DecoderFailure, std::string>> failures;
};

/// Processes that this one has started.
std::vector<pid_t> children() {
    std::vector<pid_t> found;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream list(task.path() / "children");
        for (pid_t child = 0; list >> child;) found.push_back(child);
    }
    return found;
}

/// Those that a process without threads has started.
std::vector<pid_t> children_of(pid_t parent) {
    const std::string number = std::to_string(parent);
    std::ifstream list("/proc/" + number + "/task/" + number + "/children");
    return {std::istream_iterator<pid_t>(list), {}};
}

/// Whether a process ends within a second; it may wait to be collected (proc(5): state Z).
bool ends(pid_t process) {
    for (int i = 0; i < 100; ++i) {
        std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
        std::string word;
        for (int field = 0; field < 3 && stat >> word; ++field) {
        }
        if (!stat || word == "Z") return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

TEST_F(DecoderTest, GivesThePixelsThatAreInSharedMemory) {
    auto decoder = open();
    ASSERT_TRUE(decoder) << decoder.error().reason;
    const auto view = tell(*decoder, "nothing");
    ASSERT_TRUE(view) << view.error().reason;
    EXPECT_EQ(view->size, (image::Size{1, 1}));
    EXPECT_EQ(view->data[0], 42);
    EXPECT_THAT(failures, IsEmpty());
}

TEST_F(DecoderTest, AFreshProcessTakesOverAfterSomeCalls) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    for (int i = 0; i < 12; ++i) ASSERT_TRUE(tell(*decoder, "nothing")) << i;
    EXPECT_THAT(failures, IsEmpty());
    EXPECT_EQ(launcher->counts().started, 3U);
    EXPECT_EQ(launcher->counts().ended, 2U);
}

TEST_F(DecoderTest, ADecoderThatEndedWhileItWaitedCostsNothing) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    const auto waiting = children_of(children().at(0));
    ASSERT_THAT(waiting, SizeIs(1));
    ::kill(waiting[0], SIGKILL);
    std::this_thread::sleep_for(50ms);
    EXPECT_TRUE(tell(*decoder, "nothing"));
    EXPECT_THAT(failures,
                ElementsAre(Pair(DecoderFailure::crash, HasSubstr("signal 9 while it waited"))));
}

TEST_F(DecoderTest, ALauncherThatHangsIsReplaced) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    const pid_t launching = children().at(0);
    ::kill(launching, SIGSTOP);
    EXPECT_FALSE(tell(*decoder, "crash"));
    EXPECT_TRUE(tell(*decoder, "nothing"));
    EXPECT_THAT(children(), Not(testing::Contains(launching)));
}

TEST_F(DecoderTest, DecodersEndWithTheirLauncher) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    const pid_t launching = children().at(0);
    const auto decoders = children_of(launching);
    ASSERT_THAT(decoders, SizeIs(1));
    // It hangs, and so does not see that nobody is there any more.
    ::kill(decoders[0], SIGSTOP);
    ::kill(launching, SIGKILL);
    EXPECT_TRUE(ends(decoders[0]));
}

TEST_F(DecoderTest, NothingThatADecoderWritesGetsIntoTheLog) {
    if (sanitizer::present) GTEST_SKIP() << "with a sanitizer, its reports get there";
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    auto decoder = open();
    EXPECT_TRUE(decoder && tell(*decoder, "write to the log"));
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(DecoderTest, FramesWithoutEndAreRefused) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    const std::string deed = "give a frame";
    int taken = 0;
    const auto facts =
        decoder->frames({reinterpret_cast<const std::uint8_t*>(deed.data()), deed.size()},
                        Container::mp4, {}, [&](const Frame&) { return ++taken < 1'000; });
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().fault, Fault::medium_unreadable);
    EXPECT_LE(taken, 20);
    EXPECT_THAT(failures, ElementsAre(Pair(DecoderFailure::nonsense, _)));
}

TEST_F(DecoderTest, MoreBytesThanAllowedAreRefused) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    const auto view = tell(*decoder, std::string(Decoder::least_room + 1, 'x'));
    ASSERT_FALSE(view);
    EXPECT_THAT(view.error().reason, HasSubstr("larger than the limit"));
    EXPECT_TRUE(tell(*decoder, "nothing"));
}

TEST_F(DecoderTest, OtherLimitsCountFromTheNextCallOn) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    decoder->change(larger());
    // It arrives now, and the decoder does not know what to do with it.
    const auto view = tell(*decoder, std::string(Decoder::least_room + 1, 'x'));
    ASSERT_FALSE(view);
    EXPECT_THAT(view.error().reason, HasSubstr("safely"));
    EXPECT_TRUE(tell(*decoder, "nothing"));
}

TEST_F(DecoderTest, WithoutLargerLimitsTheProcessStays) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    decoder->change({});
    EXPECT_TRUE(tell(*decoder, "nothing"));
    EXPECT_EQ(launcher->counts().started, 1U + 1U);
    decoder->change({});
    EXPECT_TRUE(tell(*decoder, "nothing"));
    EXPECT_EQ(launcher->counts().started, 1U + 1U);
}

TEST_F(DecoderTest, AMemoryBombIsStoppedByTheLimit) {
    if (sanitizer::present) GTEST_SKIP() << "with a sanitizer, memory has no limit";
    auto decoder = open();
    ASSERT_TRUE(decoder);
    const auto view = tell(*decoder, "take memory");
    ASSERT_FALSE(view);
    EXPECT_EQ(view.error().reason, "no memory");
    EXPECT_THAT(failures, ElementsAre(Pair(DecoderFailure::memory_limit, _)));
    EXPECT_TRUE(tell(*decoder, "nothing"));
}

TEST_F(DecoderTest, WithoutLocksADecoderMayOpenFiles) {
    auto decoder = open(false);
    ASSERT_TRUE(decoder);
    EXPECT_TRUE(tell(*decoder, "open a file"));
}

TEST_F(DecoderTest, AProgramThatIsNotThereIsAnError) {
    const auto decoder = Decoder::open(
        std::make_shared<Launcher>(Launcher::Options{"/nowhere/faceward-decoder"}), {});
    ASSERT_FALSE(decoder);
    EXPECT_EQ(decoder.error().fault, Fault::decoder_failed);
}

struct Deed {
    std::string told;
    std::string reason;  ///< part of the error's
    DecoderFailure failure;
    std::string what;  ///< part of what is reported
};

class DecoderDeed : public DecoderTest, public testing::WithParamInterface<Deed> {};

TEST_P(DecoderDeed, CostsTheOneCallAndNothingElse) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    const auto view = tell(*decoder, GetParam().told);
    ASSERT_FALSE(view);
    EXPECT_EQ(view.error().fault, Fault::picture_unreadable);
    EXPECT_THAT(view.error().reason, HasSubstr(GetParam().reason));
    EXPECT_THAT(failures, ElementsAre(Pair(GetParam().failure, HasSubstr(GetParam().what))));
    EXPECT_TRUE(tell(*decoder, "nothing"));
}

#ifdef __SANITIZE_ADDRESS__
TEST_F(DecoderTest, ADecoderThatIsLockedInCanSayWhatTheSanitizerFound) {
    auto decoder = open();
    ASSERT_TRUE(decoder);
    EXPECT_FALSE(tell(*decoder, "write beyond the end"));
    EXPECT_THAT(failures, ElementsAre(Pair(DecoderFailure::crash, HasSubstr("status 1"))));
}
#endif

// On x86-64, 31 is SIGSYS, a system call that the filter does not allow, and 4 a trap.
INSTANTIATE_TEST_SUITE_P(
    Deeds, DecoderDeed,
    testing::Values(
        Deed{"open a file", "safely", DecoderFailure::forbidden_call, "signal 31"},
        Deed{"open a socket", "safely", DecoderFailure::forbidden_call, "signal 31"},
        Deed{"start a program", "safely", DecoderFailure::forbidden_call, "signal 31"},
        Deed{"start a process", "safely", DecoderFailure::forbidden_call, "signal 31"},
        Deed{"signal the server", "safely", DecoderFailure::forbidden_call, "signal 31"},
        Deed{"run its own code", "safely", DecoderFailure::forbidden_call, "signal 31"},
        Deed{"crash", "safely", DecoderFailure::crash, "signal 4"},
        Deed{"end", "safely", DecoderFailure::crash, "status 7"},
        Deed{"hang", "too long", DecoderFailure::time_limit, "too long"},
        Deed{"report a picture that cannot be", "failed", DecoderFailure::nonsense, "cannot be"},
        Deed{"report a size below zero", "failed", DecoderFailure::nonsense, "cannot be"},
        Deed{"report nonsense", "failed", DecoderFailure::nonsense, "cannot be"}),
    [](const auto& test) {
        std::string name = test.param.told;
        std::ranges::replace(name, ' ', '_');
        return name;
    });

}  // namespace
}  // namespace faceward::media
