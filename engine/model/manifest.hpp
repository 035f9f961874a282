#pragma once

#include "engine/image/picture.hpp"
#include "engine/model/digest.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faceward::model {

/// What a network is for.
enum class Role {
    detector,         ///< finds faces and five landmarks
    embedder,         ///< an aligned face to features
    attack_detector,  ///< a face and what surrounds it to evidence of a presentation attack
    dense_landmarks,  ///< a face to a mesh of points
    blendshapes,      ///< a mesh of points to what its face does
};

/// The coefficients of blendshapes that are used by name: how far the person's eyes are shut, and
/// the corners of their mouth are drawn up.
inline constexpr std::string_view blink_left = "eyeBlinkLeft";
inline constexpr std::string_view blink_right = "eyeBlinkRight";
inline constexpr std::string_view smile_left = "mouthSmileLeft";
inline constexpr std::string_view smile_right = "mouthSmileRight";

/// The word for a role in manifests and messages.
std::string_view to_string(Role role);

/// The order of a picture tensor's axes.
enum class Layout { nchw, nhwc };

/// The order of the colour channels a network expects.
enum class Colour { bgr, rgb };

/// The named output decodings of detectors; `engine/face/heads.hpp` describes each.
enum class Head { yunet, scrfd, retinaface, retinaface_rows, centerface };

/// How a picture becomes a network's input: (pixel − mean) / std, per channel in the order of
/// `colour`. Blendshapes take points instead.
struct InputSpec {
    image::Size size;  ///< pixels; detectors accept other sizes too
    Layout layout = Layout::nchw;
    Colour colour = Colour::bgr;
    std::array<float, 3> mean{0, 0, 0};
    std::array<float, 3> std{1, 1, 1};
    std::vector<int> points;  ///< which of the mesh it takes, x and y of each in pixels
};

/// The first values of a network's output for the check pattern (`check_pattern`), and how far they
/// may differ.
struct NetworkCheck {
    std::vector<float> expected;
    float tolerance = 1e-3F;  ///< relative to max(1, |expected|)
};

/// One network of a pack. File names are relative to the pack.
struct NetworkEntry {
    std::string id;  ///< the word by which profiles name it
    std::string name;
    std::string version;
    Role role = Role::detector;
    std::string file;            ///< .xml (OpenVINO IR), .onnx or .tflite
    std::string sha256;          ///< of `file`, 64 hexadecimal digits
    std::string weights_sha256;  ///< of the .bin beside an .xml, else empty
    std::string licence;
    std::string licence_file;  ///< may be empty
    std::string origin;
    std::string training_data;
    InputSpec input;
    std::optional<Head> head;  ///< detectors
    /// Detectors: the score that it gives clear frontal faces. Without it, how sure the detector is
    /// counts for nothing in the quality of a face.
    std::optional<float> clear_score;
    int dimension = 0;     ///< embedders: length of the output vector
    std::string output;    ///< embedders: which output that is; empty where the network has but one
    int bona_fide = 0;     ///< attack detectors: index of the bona fide class among the logits
    float crop_scale = 1;  ///< attack detectors: side of the crop, in reference face boxes
    int points = 0;        ///< dense landmarks: how many points of x, y, z
    std::vector<std::string> coefficients;  ///< blendshapes: the output's names, each value 0…1
    std::optional<NetworkCheck> check;

    /// "YuNet 2023mar"
    std::string full_name() const { return name + " " + version; }
};

/// A measured point of the map from score to error rates (ISO/IEC 19795-1: FMR, FNMR).
struct RatePoint {
    double score = 0;
    double fmr = 0;
    double fnmr = 0;
    std::string set;  ///< the data it was measured on
};

/// score = 1 / (1 + exp(−(slope · similarity + intercept))), fitted by logistic regression.
struct CalibrationEntry {
    double slope = 0;
    double intercept = 0;
    std::string fitted_on;
    std::vector<RatePoint> rates;
};

/// A detector that finds the landmarks again on a face's own crop.
struct RefinerEntry {
    std::string network;
    float score = 0.5F;  ///< it sees the face at or above this
};

/// A way of making templates: which networks, with which thresholds. All networks are named by id.
struct Profile {
    std::string name;
    std::string detector;
    /// The landmarks are the mean of those that these find; the first one confirms and vetoes.
    std::vector<RefinerEntry> refiners;
    std::vector<std::string> embedders;
    bool mirrored = false;  ///< features are the mean of those of the face and of its mirror image
    float detector_score = 0.6F;      ///< a face at or above this is one
    std::vector<int> detector_sizes;  ///< letterbox sides in pixels, tried until a face is found
    std::optional<float>
        weak_score;             ///< a face at or above this is one if the first refiner agrees
    bool refiner_veto = false;  ///< a face that the first refiner does not see is none
    CalibrationEntry calibration;
};

/// A file of the pack with a picture, free of rights, on which the server tests itself.
struct SelfTest {
    std::string picture;
    std::string sha256;
};

/// Which part of a picture an attack detector looks at, out of the box around the face.
struct CropEntry {
    bool reference = true;  ///< from the box of the networks' makers, else from the detector's
    float scale = 1;        ///< of the box's sides, around its middle
    float shift = 0;        ///< of the box's width, to the right
    bool mirrored = false;  ///< the crop is mirrored left to right
};

/// logit = sum of weight × evidence + intercept; a weight for each network, whose evidence is the
/// mean over its crops.
struct EvidenceFusion {
    std::vector<double> weights;
    double intercept = 0;
    std::vector<std::vector<CropEntry>> crops;  ///< for each network at least one
    std::string fitted_on;                      ///< the data that weights and intercept come from
};

/// logit = eyes · ln(e + 1e-4) + plane · ln(p + 1e-4) + intercept, where e is how much the eyes'
/// opening varies and p how far the face's motion is from that of a plane
/// (engine/liveness/still_face.hpp).
struct StillnessFit {
    double eyes = 0;
    double plane = 0;
    double intercept = 0;
    std::string fitted_on;
};

/// How presentation attacks are told. All networks are named by id.
struct LivenessEntry {
    std::vector<std::string> networks;
    EvidenceFusion standard;
    EvidenceFusion thorough;  ///< with more crops
    std::optional<std::string> dense_landmarks;
    std::optional<StillnessFit> stillness;  ///< needs dense_landmarks
    std::optional<SelfTest> bona_fide;      ///< must be judged less of an attack than `attack`
    std::optional<SelfTest> attack;
};

/// What a pack's `manifest.toml` says.
struct Manifest {
    std::string name;
    std::string version;
    std::string summary;
    std::vector<NetworkEntry> networks;
    std::map<std::string, Profile> profiles;
    std::optional<SelfTest> selftest;
    std::optional<LivenessEntry> liveness;

    /// The network of that id, or null.
    const NetworkEntry* network(const std::string& id) const;

    /// The first network in that role, or null. Of dense landmarks and blendshapes there is at most
    /// one.
    const NetworkEntry* network(Role role) const;
};

/// Digest of everything that makes two templates of a profile comparable: the embedders' weights,
/// their input preparation and order, and the networks that place the landmarks. Thresholds and
/// names do not count.
Digest template_identity(const Manifest& manifest, const Profile& profile);

/// "default/balanced 1.0.0": what messages call the maker of a template.
std::string maker_label(const Manifest& manifest, const Profile& profile);

/// The picture of a network check: byte k of the interleaved BGR rows is ((k · 2654435761) mod 2³²)
/// >> 24.
image::Picture check_pattern(image::Size size);

/// The same for a network that takes points: byte k is the k-th of x, y, x, y, …
std::vector<float> check_points(std::size_t points);

}  // namespace faceward::model
