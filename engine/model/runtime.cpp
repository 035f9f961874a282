#include "engine/model/runtime.hpp"

#include <openvino/openvino.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace faceward::model {
namespace {

std::vector<float> to_vector(const std::array<float, 3>& values) {
    return {values.begin(), values.end()};
}

/// Makes the network take 8-bit BGR pictures [1, H, W, 3] and give 32-bit values, and do the
/// conversions itself.
std::shared_ptr<ov::Model> with_picture_input(const std::shared_ptr<ov::Model>& model,
                                              const InputSpec& spec) {
    ov::preprocess::PrePostProcessor wrap(model);
    auto& input = wrap.input();
    input.tensor()
        .set_element_type(ov::element::u8)
        .set_layout("NHWC")
        .set_color_format(ov::preprocess::ColorFormat::BGR);
    input.model().set_layout(spec.layout == Layout::nchw ? "NCHW" : "NHWC");
    auto& steps = input.preprocess().convert_element_type(ov::element::f32);
    if (spec.colour == Colour::rgb) steps.convert_color(ov::preprocess::ColorFormat::RGB);
    if (spec.mean != std::array<float, 3>{0, 0, 0}) steps.mean(to_vector(spec.mean));
    if (spec.std != std::array<float, 3>{1, 1, 1}) steps.scale(to_vector(spec.std));
    for (std::size_t i = 0; i < model->outputs().size(); ++i)
        wrap.output(i).tensor().set_element_type(ov::element::f32);
    return wrap.build();
}

/// The names of a network's outputs, as messages tell them.
std::string output_names(const ov::OutputVector& outputs) {
    std::string names;
    for (const ov::Output<ov::Node>& output : outputs)
        names += (names.empty() ? "" : ", ") + output.get_any_name();
    return names;
}

/// The network with nothing but the features that its entry names, or its only output.
Result<std::shared_ptr<ov::Model>> with_features_only(const std::shared_ptr<ov::Model>& model,
                                                      const NetworkEntry& entry) {
    const ov::OutputVector outputs = model->outputs();
    if (entry.output.empty() && outputs.size() == 1) return model;
    const auto features = std::ranges::find_if(outputs, [&](const ov::Output<ov::Node>& output) {
        return output.get_names().contains(entry.output);
    });
    if (features == outputs.end())
        return fail(Fault::pack_invalid,
                    "network " + entry.id + " gives " + output_names(outputs) +
                        ": name in its output table must say which of them are the features");
    return std::make_shared<ov::Model>(ov::OutputVector{*features}, model->get_parameters());
}

ov::PartialShape input_shape(const InputSpec& spec, image::Size size) {
    if (!spec.points.empty()) return {1, static_cast<int>(spec.points.size()), 2};
    if (spec.layout == Layout::nchw) return {1, 3, size.height, size.width};
    return {1, size.height, size.width, 3};
}

ov::AnyMap compile_settings(const RuntimeOptions& options) {
    ov::AnyMap settings{ov::num_streams(options.streams),
                        ov::inference_num_threads(options.streams),
                        ov::hint::enable_cpu_pinning(false)};
    if (options.precision == Precision::f32)
        settings.insert(ov::hint::inference_precision(ov::element::f32));
    if (!options.compiled_cache.empty())
        settings.insert(ov::cache_dir(options.compiled_cache.string()));
    return settings;
}

/// A library's message down to its last line that says something, without source places.
std::string last_line(std::string_view message) {
    while (!message.empty() && std::isspace(static_cast<unsigned char>(message.back())) != 0)
        message.remove_suffix(1);
    const std::size_t start = message.rfind('\n');
    return std::string(start == std::string_view::npos ? message : message.substr(start + 1));
}

}  // namespace

struct Session::State {
    ov::InferRequest request;
    image::Size size;
    std::vector<ov::Shape> shapes;
    std::vector<TensorView> outputs;
};

struct Network::State {
    ov::CompiledModel compiled;
    image::Size size;
};

struct Runtime::State {
    ov::Core core;
    RuntimeOptions options;
};

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

image::Size Session::input_size() const { return state_->size; }

Result<std::span<const TensorView>> Session::run(image::PictureView picture) {
    if (picture.size != state_->size)
        return fail(Fault::internal, "a network was given a picture of another size");
    return infer([&](ov::Tensor& input) {
        auto* target = input.data<std::uint8_t>();
        const std::size_t row_bytes = std::size_t{3} * static_cast<std::size_t>(picture.size.width);
        for (int y = 0; y < picture.size.height; ++y)
            std::memcpy(target + static_cast<std::size_t>(y) * row_bytes, picture.row(y),
                        row_bytes);
        return true;
    });
}

Result<std::span<const TensorView>> Session::run(std::span<const float> points) {
    if (state_->size != image::Size{})
        return fail(Fault::internal, "a network that takes pictures was given points");
    return infer([&](ov::Tensor& input) {
        if (input.get_size() != points.size()) return false;
        std::ranges::copy(points, input.data<float>());
        return true;
    });
}

template <class Fill>
Result<std::span<const TensorView>> Session::infer(const Fill& fill) {
    try {
        ov::Tensor input = state_->request.get_input_tensor();
        if (!fill(input))
            return fail(Fault::internal, "a network was given another number of points");
        state_->request.infer();
        for (std::size_t i = 0; i < state_->outputs.size(); ++i) {
            const ov::Tensor tensor = state_->request.get_output_tensor(i);
            state_->shapes[i] = tensor.get_shape();
            state_->outputs[i] = {state_->shapes[i],
                                  {tensor.data<const float>(), tensor.get_size()}};
        }
        return std::span<const TensorView>(state_->outputs);
    } catch (const std::exception& error) {
        return fail(Fault::inference_failed, last_line(error.what()));
    }
}

Network::Network(std::unique_ptr<State> state) : state_(std::move(state)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

Result<Session> Network::session() const {
    try {
        auto session = std::make_unique<Session::State>();
        session->request = state_->compiled.create_infer_request();
        session->size = state_->size;
        session->shapes.resize(state_->compiled.outputs().size());
        session->outputs.resize(state_->compiled.outputs().size());
        return Session(std::move(session));
    } catch (const std::exception& error) {
        return fail(Fault::inference_failed, last_line(error.what()));
    }
}

Runtime::Runtime(RuntimeOptions options)
    : state_(std::make_unique<State>(State{ov::Core(), std::move(options)})) {}
Runtime::Runtime(Runtime&&) noexcept = default;
Runtime::~Runtime() = default;

Result<Network> Runtime::compile(const std::filesystem::path& folder, const NetworkEntry& entry,
                                 image::Size size) {
    try {
        std::shared_ptr<ov::Model> model = state_->core.read_model((folder / entry.file).string());
        if (model->inputs().size() != 1)
            return fail(Fault::pack_invalid, "network " + entry.id + " has " +
                                                 std::to_string(model->inputs().size()) +
                                                 " inputs, one is expected");
        if (entry.role == Role::embedder) {
            auto features = with_features_only(model, entry);
            if (!features) return tl::make_unexpected(features.error());
            model = std::move(*features);
        }
        model->reshape(input_shape(entry.input, size));
        const bool takes_points = !entry.input.points.empty();
        auto compiled = state_->core.compile_model(
            takes_points ? model : with_picture_input(model, entry.input), "CPU",
            compile_settings(state_->options));
        return Network(std::make_unique<Network::State>(
            Network::State{std::move(compiled), takes_points ? image::Size{} : size}));
    } catch (const std::exception& error) {
        const std::string what = entry.input.points.empty() ? std::to_string(size.width) + "x" +
                                                                  std::to_string(size.height)
                                                            : "its points";
        return fail(Fault::pack_invalid, "network " + entry.id + " cannot be used at " + what +
                                             ": " + last_line(error.what()));
    }
}

std::string Runtime::version() {
    const std::string build = ov::get_openvino_version().buildNumber;
    return "OpenVINO " + build.substr(0, build.find('-'));
}

Result<void> check_network(Session& session, const NetworkEntry& entry) {
    const std::size_t points = entry.input.points.size();
    const auto outputs = points > 0 ? session.run(check_points(points))
                                    : session.run(check_pattern(session.input_size()).view());
    if (!outputs) return tl::make_unexpected(outputs.error());
    const auto refuse = [&](const std::string& what) {
        return fail(Fault::pack_invalid, "network " + entry.id + " " + what);
    };
    for (const TensorView& output : *outputs)
        if (!std::ranges::all_of(output.values, [](float v) { return std::isfinite(v); }))
            return refuse("gives values that are not finite");
    const std::size_t length = outputs->front().values.size();
    if (entry.role == Role::embedder && !std::cmp_equal(length, entry.dimension))
        return refuse("gives " + std::to_string(length) + " values, its dimension is said to be " +
                      std::to_string(entry.dimension));
    if (entry.role == Role::dense_landmarks && !std::cmp_equal(length, 3 * entry.points))
        return refuse("gives " + std::to_string(length) + " values, not three for each of " +
                      std::to_string(entry.points) + " points");
    if (entry.role == Role::blendshapes && length != entry.coefficients.size())
        return refuse("gives " + std::to_string(length) + " values, not one for each of " +
                      std::to_string(entry.coefficients.size()) + " coefficients");
    if (entry.role == Role::attack_detector &&
        (length < 2 || !std::cmp_less(entry.bona_fide, length)))
        return refuse("gives " + std::to_string(length) +
                      " values, among which there is no class " + std::to_string(entry.bona_fide));
    if (!entry.check || session.input_size() != entry.input.size) return {};
    const std::span<const float> values = outputs->front().values;
    if (values.size() < entry.check->expected.size()) return refuse("gives too few values");
    for (std::size_t i = 0; i < entry.check->expected.size(); ++i) {
        const float expected = entry.check->expected[i];
        const float allowed = entry.check->tolerance * std::max(1.0F, std::abs(expected));
        if (std::abs(values[i] - expected) > allowed)
            return refuse("does not give the values of its check: value " + std::to_string(i) +
                          " is " + std::to_string(values[i]) + ", expected " +
                          std::to_string(expected));
    }
    return {};
}

}  // namespace faceward::model
