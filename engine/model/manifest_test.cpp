#include "engine/model/manifest.hpp"

#include "engine/model/inspect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace faceward::model {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string digest_a(64, 'a');
const std::string digest_b(64, 'b');

std::string good() {
    return R"(format = 1
name = "small"
version = "1.0.0"
[[network]]
id = "finder"
name = "Finder"
version = "1"
role = "detector"
file = "finder.xml"
sha256 = ")" +
           digest_a + R"("
weights_sha256 = ")" +
           digest_b + R"("
licence = "MIT"
origin = "made up"
training_data = "none"
[network.input]
width = 320
height = 320
layout = "nchw"
colour = "bgr"
[network.output]
head = "yunet"
[[network]]
id = "embed"
name = "Embed"
version = "2"
role = "embedder"
file = "embed.onnx"
sha256 = ")" +
           digest_b + R"("
licence = "MIT"
origin = "made up"
training_data = "none"
[network.input]
width = 112
height = 112
layout = "nhwc"
colour = "rgb"
mean = [127.5, 127.5, 127.5]
std = [128, 128, 128]
[network.output]
dimension = 512
name = "feature"
[profile.fast]
detector = "finder"
embedders = ["embed"]
[profile.fast.calibration]
slope = 9
intercept = -3
fitted_on = "nothing"
rates = [{ score = 0.5, fmr = 0.01, fnmr = 0.02, set = "A" }]
)";
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), instead);
}

TEST(Manifest, ReadsWhatItSays) {
    const Inspection inspection = read_manifest(good());
    ASSERT_THAT(inspection.problems, IsEmpty());
    const Manifest& manifest = inspection.manifest;
    EXPECT_EQ(manifest.name, "small");
    ASSERT_EQ(manifest.networks.size(), 2U);
    EXPECT_EQ(manifest.networks[0].head, Head::yunet);
    EXPECT_FALSE(manifest.networks[0].clear_score);
    EXPECT_EQ(manifest.networks[0].full_name(), "Finder 1");
    EXPECT_EQ(manifest.networks[0].input.mean, (std::array<float, 3>{0, 0, 0}));
    EXPECT_EQ(manifest.networks[1].dimension, 512);
    EXPECT_EQ(manifest.networks[1].output, "feature");
    EXPECT_EQ(manifest.networks[1].input.layout, Layout::nhwc);
    EXPECT_EQ(manifest.networks[1].input.colour, Colour::rgb);
    EXPECT_EQ(manifest.networks[1].input.std, (std::array<float, 3>{128, 128, 128}));
    const Profile& profile = manifest.profiles.at("fast");
    EXPECT_THAT(profile.embedders, ElementsAre("embed"));
    EXPECT_THAT(profile.detector_sizes, ElementsAre(320, 640));
    EXPECT_EQ(profile.detector_score, 0.6F);
    EXPECT_FALSE(!profile.refiners.empty() || profile.weak_score || profile.mirrored);
    EXPECT_EQ(profile.calibration.slope, 9);
    ASSERT_EQ(profile.calibration.rates.size(), 1U);
    EXPECT_EQ(profile.calibration.rates[0].set, "A");
    EXPECT_EQ(maker_label(manifest, profile), "small/fast 1.0.0");
}

struct BadManifest {
    std::string what, instead, complaint;
};

class Complaints : public testing::TestWithParam<BadManifest> {};

TEST_P(Complaints, NameTheEntry) {
    const auto& [what, instead, complaint] = GetParam();
    const Inspection inspection = read_manifest(with(good(), what, instead));
    EXPECT_THAT(inspection.problems, Contains(HasSubstr(complaint)));
}

INSTANTIATE_TEST_SUITE_P(
    Manifest, Complaints,
    testing::Values(
        BadManifest{"format = 1", "format = 2", "format must be a whole number in 1…1"},
        BadManifest{"name = \"small\"", "", "manifest.toml: name is missing"},
        BadManifest{"name = \"small\"", "nane = \"x\"\nname = \"small\"", "nane is not known here"},
        BadManifest{"[[network]]", "[[network", "manifest.toml, line 4"},
        BadManifest{"id = \"embed\"", "id = \"finder\"", "there twice"},
        BadManifest{"role = \"detector\"", "role = \"cook\"", "known are detector, embedder"},
        BadManifest{"finder.xml", "../finder.xml", "network finder: file must lie inside the pack"},
        BadManifest{"finder.xml", "/finder.xml", "network finder: file must lie inside the pack"},
        BadManifest{"embed.onnx", "embed.bin", "must end in .xml, .onnx or .tflite"},
        BadManifest{"sha256 = \"" + digest_a, "sha256 = \"abc", "64 lower-case hexadecimal digits"},
        BadManifest{"weights_sha256 = \"" + digest_b + "\"", "", "weights_sha256 is missing"},
        BadManifest{"licence = \"MIT\"", "licence = \"\"", "network finder: licence is missing"},
        BadManifest{"training_data = \"none\"", "", "network finder: training_data is missing"},
        BadManifest{"width = 320", "width = 3200000", "network finder.input: width must be"},
        BadManifest{"layout = \"nhwc\"", "layout = \"hwc\"",
                    "network embed.input: layout is \"hwc\""},
        BadManifest{"std = [128, 128, 128]", "std = [128, 0, 128]", "std must not hold a zero"},
        BadManifest{"std = [128, 128, 128]", "std = [128]", "std must hold three numbers"},
        BadManifest{"head = \"yunet\"", "head = \"yolo\"", "head is \"yolo\""},
        BadManifest{"head = \"yunet\"", "head = \"yunet\"\nclear_score = 2",
                    "clear_score is 2, must lie in 0.5…1"},
        BadManifest{"dimension = 512", "dimension = 64",
                    "dimension must be a whole number in 128…1024"},
        BadManifest{"embedders = [\"embed\"]", "embedders = [\"other\"]",
                    "names the network \"other\""},
        BadManifest{"embedders = [\"embed\"]", "embedders = [\"finder\"]",
                    "\"finder\", which is no embedder"},
        BadManifest{"detector = \"finder\"", "detector = \"finder\"\nweak_score = 0.3",
                    "refiners is missing"},
        BadManifest{"detector = \"finder\"", "detector = \"finder\"\ndetector_score = 2",
                    "must lie in 0.01…1"},
        BadManifest{"detector = \"finder\"", "detector = \"finder\"\ndetector_sizes = [100]",
                    "multiples of 32"},
        BadManifest{"slope = 9", "slope = -9", "slope is -9"},
        BadManifest{"fmr = 0.01", "fmr = 7", "fmr is 7, must lie in 0…1"}));

/// A network of that name and role, with what it takes and gives.
std::string network(const std::string& id, const std::string& role, const std::string& rest) {
    return "[[network]]\nid = \"" + id + "\"\nname = \"" + id + "\"\nversion = \"1\"\nrole = \"" +
           role + "\"\nfile = \"" + id + ".onnx\"\nsha256 = \"" + digest_a +
           "\"\nlicence = \"MIT\"\norigin = \"made up\"\ntraining_data = \"none\"\n" + rest;
}

std::string with_mesh_networks() {
    return good() +
           network("mesh", "dense_landmarks",
                   "input = { width = 256, height = 256, layout = \"nhwc\", colour = \"rgb\" }\n"
                   "output = { points = 478 }\n") +
           network("shapes", "blendshapes",
                   "input = { points = [0, 477, 3] }\n"
                   "output = { coefficients = [\"eyeBlinkRight\", \"eyeBlinkLeft\", "
                   "\"mouthSmileLeft\", \"mouthSmileRight\"] }\n");
}

TEST(Manifest, ReadsWhatNetworksOfMeshesTakeAndGive) {
    const Inspection inspection = read_manifest(with_mesh_networks());
    ASSERT_THAT(inspection.problems, IsEmpty());
    const NetworkEntry* mesh = inspection.manifest.network(Role::dense_landmarks);
    const NetworkEntry* shapes = inspection.manifest.network(Role::blendshapes);
    ASSERT_TRUE(mesh && shapes);
    EXPECT_EQ(mesh->points, 478);
    EXPECT_THAT(shapes->input.points, ElementsAre(0, 477, 3));
    EXPECT_THAT(shapes->coefficients,
                ElementsAre("eyeBlinkRight", "eyeBlinkLeft", "mouthSmileLeft", "mouthSmileRight"));
    EXPECT_EQ(read_manifest(good()).manifest.network(Role::blendshapes), nullptr);
}

TEST(Manifest, NamesWhatIsWrongWithNetworksOfMeshes) {
    const BadManifest cases[] = {
        {"points = 478", "points = 468", "network mesh.output: points must be a whole number"},
        {"477, 3]", "478]", "\"shapes\" takes points that \"mesh\" does not have"},
        {"[0, 477, 3]", "[-1]", "network shapes.input: points must hold places"},
        {"[0, 477, 3]", "[]", "network shapes.input: points is missing"},
        {"points = [0, 477, 3]", "width = 16", "width is not known here"},
        {"eyeBlinkLeft", "jawOpen", "coefficients must name eyeBlinkLeft"},
        {"mouthSmileRight", "jawOpen", "coefficients must name mouthSmileRight"},
        {"dense_landmarks", "attack_detector", "\"shapes\" needs one of dense_landmarks"},
    };
    for (const auto& [what, instead, complaint] : cases)
        EXPECT_THAT(read_manifest(with(with_mesh_networks(), what, instead)).problems,
                    Contains(HasSubstr(complaint)));
    const std::string twice =
        with_mesh_networks() +
        network("other", "dense_landmarks",
                "input = { width = 256, height = 256, layout = \"nhwc\", colour = \"rgb\" }\n"
                "output = { points = 478 }\n");
    EXPECT_THAT(read_manifest(twice).problems,
                Contains(HasSubstr("more than one in the role dense_landmarks")));
}

TEST(Manifest, EveryProblemIsListedNotOnlyTheFirst) {
    std::string text = with(good(), "licence = \"MIT\"", "licence = \"\"");
    text = with(text, "dimension = 512", "dimension = 5");
    EXPECT_EQ(read_manifest(text).problems.size(), 2U);
}

TEST(TemplateIdentity, FollowsWhatMakesTemplatesComparableAndNothingElse) {
    const auto identity = [](const std::string& text) {
        const Inspection inspection = read_manifest(text);
        return template_identity(inspection.manifest, inspection.manifest.profiles.at("fast"));
    };
    const Digest same = identity(good());
    EXPECT_EQ(identity(with(good(), "slope = 9", "slope = 8")), same);
    EXPECT_EQ(identity(with(good(), "name = \"small\"", "name = \"other\"")), same);
    EXPECT_NE(identity(with(good(), digest_a, digest_b)), same);
    EXPECT_NE(identity(with(good(), "colour = \"rgb\"", "colour = \"bgr\"")), same);
    EXPECT_NE(identity(with(good(), "\"feature\"", "\"norm\"")), same);
    EXPECT_NE(identity(with(good(), "[127.5, 127.5, 127.5]", "[127.5, 127.5, 127]")), same);
}

TEST(CheckPattern, IsTheDocumentedOne) {
    const image::Picture pattern = check_pattern({112, 112});
    EXPECT_EQ(pattern.view().data[0], 0);
    EXPECT_EQ(pattern.view().data[1], 2654435761U >> 24U);
    EXPECT_EQ(pattern.view().data[1000], (1000U * 2654435761U) >> 24U);
    EXPECT_THAT(check_points(2), ElementsAre(0, 158, 60, 218));
}

}  // namespace
}  // namespace faceward::model
