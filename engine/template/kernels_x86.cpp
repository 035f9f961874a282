#include "engine/template/kernels_x86.hpp"

#ifdef __x86_64__

#include <immintrin.h>

#include <algorithm>
#include <array>

namespace faceward::templates {
namespace {

constexpr std::size_t lanes = 32;

/// The last, incomplete block of a vector, filled up with zeros, which leave the sums as they are.
std::array<Half, lanes> padded(const Half* from, const Half* end) {
    std::array<Half, lanes> block{};
    std::copy(from, end, block.begin());
    return block;
}

/// Folds lanes 4…7 onto 0…3, those onto two, and the two onto one.
[[gnu::target("avx")]] inline float fold_8(__m256 sums) {
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps(sums, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

/// Thirty-two sums in four registers.
struct Avx2Lanes {
    __m256 sums_0, sums_8, sums_16, sums_24;
};

[[gnu::target("avx,f16c")]] inline __m256 widen_8(const Half* from) {
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
}

[[gnu::target("avx2,f16c,fma")]] inline void add_block(Avx2Lanes& to, const Half* a,
                                                       const Half* b) {
    to.sums_0 = _mm256_fmadd_ps(widen_8(a), widen_8(b), to.sums_0);
    to.sums_8 = _mm256_fmadd_ps(widen_8(a + 8), widen_8(b + 8), to.sums_8);
    to.sums_16 = _mm256_fmadd_ps(widen_8(a + 16), widen_8(b + 16), to.sums_16);
    to.sums_24 = _mm256_fmadd_ps(widen_8(a + 24), widen_8(b + 24), to.sums_24);
}

[[gnu::target("avx2,f16c,fma")]] float dot_avx2(const Half* a, const Half* b, std::size_t n) {
    const __m256 zero = _mm256_setzero_ps();
    Avx2Lanes sums{zero, zero, zero, zero};
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) add_block(sums, a + i, b + i);
    if (i < n) add_block(sums, padded(a + i, a + n).data(), padded(b + i, b + n).data());
    return fold_8(_mm256_add_ps(_mm256_add_ps(sums.sums_0, sums.sums_16),
                                _mm256_add_ps(sums.sums_8, sums.sums_24)));
}

/// Thirty-two sums in two registers.
struct Avx512Lanes {
    __m512 sums_0, sums_16;
};

[[gnu::target("avx512f")]] inline __m512 widen_16(const Half* from) {
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
}

[[gnu::target("avx512f")]] inline void add_block(Avx512Lanes& to, const Half* a, const Half* b) {
    to.sums_0 = _mm512_fmadd_ps(widen_16(a), widen_16(b), to.sums_0);
    to.sums_16 = _mm512_fmadd_ps(widen_16(a + 16), widen_16(b + 16), to.sums_16);
}

[[gnu::target("avx512f")]] float dot_avx512(const Half* a, const Half* b, std::size_t n) {
    Avx512Lanes sums{_mm512_setzero_ps(), _mm512_setzero_ps()};
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) add_block(sums, a + i, b + i);
    if (i < n) add_block(sums, padded(a + i, a + n).data(), padded(b + i, b + n).data());
    const __m512 sixteen = _mm512_add_ps(sums.sums_0, sums.sums_16);
    const __m256d upper = _mm512_extractf64x4_pd(_mm512_castps_pd(sixteen), 1);
    return fold_8(_mm256_add_ps(_mm512_castps512_ps256(sixteen), _mm256_castpd_ps(upper)));
}

}  // namespace

std::vector<Kernel> supported_x86_kernels() {
    std::vector<Kernel> kernels;
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("f16c") &&
                      __builtin_cpu_supports("fma");
    if (avx2) kernels.push_back({"avx2", dot_avx2});
    if (__builtin_cpu_supports("avx512f")) kernels.push_back({"avx512", dot_avx512});
    return kernels;
}

}  // namespace faceward::templates

#else

namespace faceward::templates {

std::vector<Kernel> supported_x86_kernels() { return {}; }

}  // namespace faceward::templates

#endif
