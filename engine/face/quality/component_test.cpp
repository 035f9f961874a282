#include "engine/face/quality/component.hpp"

#include <gtest/gtest.h>

#include <set>

namespace faceward::face {
namespace {

TEST(Components, HaveNamesOfTheirOwnAndUnits) {
    std::set<std::string_view> names;
    for (const Component component : components) {
        EXPECT_TRUE(names.insert(name_of(component)).second) << name_of(component);
        EXPECT_FALSE(unit_of(component).empty()) << name_of(component);
    }
    EXPECT_EQ(names.size(), component_count);
    EXPECT_EQ(name_of(components.front()), "inter_eye_distance");
    EXPECT_EQ(components.back(), Component::no_compression_artefacts);
    EXPECT_EQ(name_of(components.back()), "no_compression_artefacts");
}

}  // namespace
}  // namespace faceward::face
