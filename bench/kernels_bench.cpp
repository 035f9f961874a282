#include "engine/template/codec.hpp"
#include "engine/template/kernels.hpp"
#include "engine/template/samples.hpp"
#include "engine/template/score.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace faceward::templates {
namespace {

constexpr std::size_t dimension = 704;

void inner_product(benchmark::State& state, const Kernel& kernel) {
    const std::vector<Half> a = samples::halves(samples::unit_vector(dimension, 1));
    const std::vector<Half> b = samples::halves(samples::unit_vector(dimension, 2));
    for (auto _ : state) benchmark::DoNotOptimize(kernel.dot(a.data(), b.data(), dimension));
}

void decoding(benchmark::State& state) {
    const auto bytes = encode(make(samples::unit_vector(dimension, 1)), samples::maker());
    for (auto _ : state) benchmark::DoNotOptimize(decode(bytes, samples::maker(), dimension));
}

void comparison(benchmark::State& state) {
    const Template a = make(samples::unit_vector(dimension, 1));
    const Template b = make(samples::unit_vector(dimension, 2));
    for (auto _ : state) benchmark::DoNotOptimize(compare(a, b, {9.8557, -2.7892}));
}

}  // namespace
}  // namespace faceward::templates

int main(int argc, char** argv) {
    using namespace faceward::templates;
    for (const Kernel& kernel : supported_kernels())
        benchmark::RegisterBenchmark(("dot/" + std::string(kernel.name)).c_str(), inner_product,
                                     kernel);
    benchmark::RegisterBenchmark("decode", decoding);
    benchmark::RegisterBenchmark("compare", comparison);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
