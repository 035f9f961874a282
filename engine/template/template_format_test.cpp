#include "engine/template/codec.hpp"
#include "engine/template/samples.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace faceward::templates {
namespace {

/// The bytes of the dump in docs/template-format.md: lines of an offset and up to sixteen bytes, in
/// hexadecimal.
std::vector<std::uint8_t> published_example() {
    std::ifstream page(FACEWARD_DOCS "/template-format.md");
    std::vector<std::uint8_t> bytes;
    bool inside = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("```")) inside = line == "```hex";
        if (!inside || line.starts_with("```")) continue;
        std::istringstream words(line.substr(line.find(' ')));
        for (std::string word; words >> word;)
            bytes.push_back(static_cast<std::uint8_t>(std::stoul(word, nullptr, 16)));
    }
    return bytes;
}

TEST(TemplateFormat, ThePublishedExampleIsWhatIsWritten) {
    const Template face = make(std::vector<float>{0.5F, -0.5F, 0.5F, 0.5F});
    const std::vector<std::uint8_t> bytes = encode(face, samples::maker());
    EXPECT_EQ(published_example(), bytes);
    const auto read = decode(published_example(), samples::maker(), 4);
    ASSERT_TRUE(read) << read.error().reason;
    EXPECT_EQ(*read, face);
}

}  // namespace
}  // namespace faceward::templates
