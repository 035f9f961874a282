#include "engine/media/shared_region.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace faceward::media {

Result<SharedRegion> SharedRegion::create(std::size_t bytes) {
    Descriptor descriptor(::memfd_create("faceward", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!descriptor || ::ftruncate(descriptor.get(), static_cast<off_t>(bytes)) != 0 ||
        ::fcntl(descriptor.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return fail(Fault::internal, "no shared memory for decoding");
    return adopt(std::move(descriptor), Access::read_write);
}

Result<SharedRegion> SharedRegion::adopt(Descriptor descriptor, Access access) {
    struct stat status{};
    if (::fstat(descriptor.get(), &status) != 0)
        return fail(Fault::internal, "no shared memory for decoding");
    const auto size = static_cast<std::size_t>(status.st_size);
    const int protection = access == Access::read ? PROT_READ : PROT_READ | PROT_WRITE;
    void* data = ::mmap(nullptr, size, protection, MAP_SHARED, descriptor.get(), 0);
    if (data == MAP_FAILED) return fail(Fault::internal, "no shared memory for decoding");
    return SharedRegion(std::move(descriptor), static_cast<std::uint8_t*>(data), size);
}

SharedRegion::~SharedRegion() {
    if (data_ != nullptr) ::munmap(data_, size_);
}

SharedRegion::SharedRegion(SharedRegion&& other) noexcept
    : descriptor_(std::move(other.descriptor_)),
      data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

SharedRegion& SharedRegion::operator=(SharedRegion&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

void SharedRegion::discard(std::size_t used) {
    ::fallocate(descriptor_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
                static_cast<off_t>(std::min(used, size_)));
}

}  // namespace faceward::media
