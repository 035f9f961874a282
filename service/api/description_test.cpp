#include "service/api/documents.hpp"
#include "service/api/routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace faceward::api {
namespace {

using nlohmann::json;
using testing::UnorderedElementsAreArray;

json description() {
    const pages::Asset* const asset = pages::find_asset(documents(), "/openapi.json");
    return json::parse(asset->bytes);
}

/// The path itself, or one for each word that its parameter may be.
std::vector<std::string> expanded(const std::string& path, const json& operation) {
    const std::size_t open = path.find('{');
    if (open == std::string::npos) return {path};
    const std::string name = path.substr(open + 1, path.find('}') - open - 1);
    std::vector<std::string> paths;
    for (const json& parameter : operation.at("parameters"))
        if (parameter.value("name", "") == name)
            for (const json& word : parameter.at("schema").at("enum"))
                paths.push_back(path.substr(0, open) + word.get<std::string>());
    return paths;
}

/// "GET /version", …
std::vector<std::string> described() {
    std::vector<std::string> found;
    const json whole = description();
    for (const auto& [path, verbs] : whole.at("paths").items())
        for (const auto& [verb, operation] : verbs.items()) {
            std::string upper = verb;
            std::ranges::transform(upper, upper.begin(), [](unsigned char c) {
                return static_cast<char>(std::toupper(c));
            });
            for (const std::string& each : expanded(path, operation))
                found.push_back(upper + ' ' + each);
        }
    return found;
}

TEST(Description, HasEveryRouteAndNoOther) {
    std::vector<std::string> served;
    for (const Route& route : all_routes())
        served.push_back(std::string(route.verb) + ' ' + std::string(route.path));
    EXPECT_THAT(described(), UnorderedElementsAreArray(served));
}

TEST(Description, EveryDocumentHasARoute) {
    for (const pages::Asset& asset : documents()) {
        const auto route = find_route("GET", asset.path);
        ASSERT_TRUE(route) << asset.path;
        EXPECT_EQ((*route)->method, Method::document) << asset.path;
    }
    for (const Route& route : all_routes()) {
        const bool has_document = pages::find_asset(documents(), route.path) != nullptr;
        EXPECT_EQ(has_document, route.method == Method::document) << route.path;
    }
}

}  // namespace
}  // namespace faceward::api
