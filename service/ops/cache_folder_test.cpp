#include "service/ops/cache_folder.hpp"

#include "common/temporary_folder_test.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace faceward::ops {
namespace {

TEST(CacheFolder, followsOwnVariableThenXdgThenHome) {
    const struct {
        Environment environment;
        const char* folder;
    } cases[] = {
        {{{"FACEWARD_CACHE", "/own"}, {"XDG_CACHE_HOME", "/xdg"}, {"HOME", "/home/a"}}, "/own"},
        {{{"FACEWARD_CACHE", ""}, {"XDG_CACHE_HOME", "/xdg"}, {"HOME", "/home/a"}},
         "/xdg/faceward"},
        {{{"XDG_CACHE_HOME", "relative"}, {"HOME", "/home/a"}}, "/home/a/.cache/faceward"},
        {{{"XDG_CACHE_HOME", ""}, {"HOME", "/home/a"}}, "/home/a/.cache/faceward"},
        {{{"HOME", ""}}, ""},
        {{}, ""},
    };
    for (const auto& c : cases) EXPECT_EQ(cache_folder(c.environment), c.folder);
}

TEST(CompiledCacheFolder, isNoneOrTheUsualOneOrTheNamedOne) {
    const Environment environment{{"FACEWARD_CACHE", "/own"}};
    EXPECT_EQ(compiled_cache_folder("off", environment), "");
    EXPECT_EQ(compiled_cache_folder("auto", environment), "/own/compiled");
    EXPECT_EQ(compiled_cache_folder("auto", {}), "");
    EXPECT_EQ(compiled_cache_folder("./off", environment), "./off");
}

TEST(ModelsFolder, isTheNamedOneOrTheBuiltOne) {
    const Environment environment{{"FACEWARD_CACHE", "/own"}};
    EXPECT_EQ(models_folder("./pack", environment), "./pack");
    EXPECT_EQ(models_folder("", environment), "/own/packs/current/default");
    EXPECT_EQ(models_folder("", {}), "");
}

TEST(Folder, isMadeAndTriedAndLeftEmpty) {
    const TemporaryFolder folder;
    const std::filesystem::path& base = folder.path();
    EXPECT_EQ(why_unwritable(base / "a/b"), std::nullopt);
    EXPECT_EQ(why_unwritable(base / "a/b"), std::nullopt);
    EXPECT_TRUE(std::filesystem::is_empty(base / "a/b"));
    std::ofstream(base / "file") << "x";
    EXPECT_NE(why_unwritable(base / "file"), std::nullopt);
    EXPECT_NE(why_unwritable(base / "file/under"), std::nullopt);
    EXPECT_NE(why_unwritable("/proc"), std::nullopt);
}

}  // namespace
}  // namespace faceward::ops
