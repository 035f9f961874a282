#include "service/api/md5.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace faceward::api {

std::string md5(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_md5(), nullptr) != 1)
        throw std::runtime_error("MD5 is not available");
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        text += digits[digest.at(i) >> 4U];
        text += digits[digest.at(i) & 0x0FU];
    }
    return text;
}

}  // namespace faceward::api
