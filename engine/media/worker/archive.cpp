#include "engine/media/worker/archive.hpp"

#include "engine/media/medium.hpp"
#include "engine/media/worker/natural_order.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace faceward::media {
namespace {

struct FreeArchive {
    void operator()(archive* opened) const { archive_read_free(opened); }
};
using Reader = std::unique_ptr<archive, FreeArchive>;

tl::unexpected<Error> unreadable(std::string reason) {
    return fail(Fault::medium_unreadable, std::move(reason));
}

/// How a whole archive is packed.
int filter_of(std::span<const std::uint8_t> bytes) {
    const auto container = container_of(bytes);
    if (container == Container::gzip) return ARCHIVE_FILTER_GZIP;
    if (container == Container::bzip2) return ARCHIVE_FILTER_BZIP2;
    if (container == Container::xz) return ARCHIVE_FILTER_XZ;
    return ARCHIVE_FILTER_NONE;
}

/// Unpacks once: the library by itself would go on as often as it finds something packed, out of
/// sight of the limits.
Result<Reader> open_archive(std::span<const std::uint8_t> bytes) {
    Reader reader(archive_read_new());
    if (!reader) return fail(Fault::internal, "out of memory");
    if (archive_read_support_format_zip(reader.get()) != ARCHIVE_OK ||
        archive_read_support_format_tar(reader.get()) != ARCHIVE_OK ||
        archive_read_append_filter(reader.get(), filter_of(bytes)) != ARCHIVE_OK)
        return fail(Fault::internal, "a kind of archive is not supported by the library");
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return unreadable("the archive is damaged");
    return reader;
}

/// Whether people would not call a path one of the archive's files.
bool is_skipped(std::string_view path) {
    while (!path.empty()) {
        const std::string_view part = path.substr(0, path.find('/'));
        if (part.starts_with('.') && part != ".") return true;
        if (part == "__MACOSX") return true;
        path.remove_prefix(std::min(path.size(), part.size() + 1));
    }
    return false;
}

/// What is read so far, and what the limits leave.
class Unpacking {
  public:
    Unpacking(std::size_t packed, const MediaLimits& limits)
        : most_(std::min(limits.max_unpacked_bytes,
                         static_cast<std::int64_t>(packed) * limits.max_ratio)) {}

    /// Reads the entry that the reader stands at.
    Result<std::vector<std::uint8_t>> read(archive* reader) {
        std::vector<std::uint8_t> content;
        auto done = each_chunk(reader, [&](std::span<const std::uint8_t> chunk) {
            content.insert(content.end(), chunk.begin(), chunk.end());
        });
        if (!done) return tl::make_unexpected(done.error());
        return content;
    }

    /// Goes past the entry: where a whole archive is packed, that is to unpack it.
    Result<void> pass(archive* reader) {
        return each_chunk(reader, [](std::span<const std::uint8_t>) {});
    }

  private:
    template <typename Take>
    Result<void> each_chunk(archive* reader, const Take& take) {
        constexpr std::size_t step = 65'536;
        std::array<std::uint8_t, step> chunk;
        while (true) {
            const auto count = archive_read_data(reader, chunk.data(), chunk.size());
            if (count == 0) return {};
            if (count < 0) return unreadable("the archive is damaged");
            unpacked_ += count;
            if (unpacked_ > most_) return unreadable("the archive unpacks to too many bytes");
            take(std::span(chunk).first(static_cast<std::size_t>(count)));
        }
    }

    std::int64_t most_;
    std::int64_t unpacked_ = 0;
};

Result<void> check_content(const ArchivedPicture& picture) {
    const auto container = container_of(picture.bytes);
    if (container && kind_of(*container) == Kind::picture) return {};
    if (container && kind_of(*container) == Kind::archive)
        return unreadable("there is an archive in the archive: " + picture.name);
    return unreadable("a file in the archive is neither JPEG nor PNG: " + picture.name);
}

}  // namespace

Result<std::vector<ArchivedPicture>> read_archive(std::span<const std::uint8_t> bytes,
                                                  const MediaLimits& limits) {
    auto reader = open_archive(bytes);
    if (!reader) return tl::make_unexpected(reader.error());
    Unpacking unpacking(bytes.size(), limits);
    std::vector<ArchivedPicture> pictures;
    for (std::int64_t entries = 0;; ++entries) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader->get(), &entry);
        if (status == ARCHIVE_EOF) break;
        if (status < ARCHIVE_WARN) return unreadable("the archive is damaged");
        if (entries == limits.max_entries)
            return unreadable("the archive has more than " + std::to_string(limits.max_entries) +
                              " entries");
        if (archive_entry_is_encrypted(entry) != 0) return unreadable("the archive is encrypted");
        const char* const path = archive_entry_pathname(entry);
        ArchivedPicture picture{path != nullptr ? path : "", {}};
        const auto type = archive_entry_filetype(entry);
        if (type == AE_IFDIR || picture.name.ends_with('/') || is_skipped(picture.name)) {
            if (auto passed = unpacking.pass(reader->get()); !passed)
                return tl::make_unexpected(passed.error());
            continue;
        }
        if (type != AE_IFREG)
            return unreadable("an entry of the archive is no plain file: " + picture.name);
        auto content = unpacking.read(reader->get());
        if (!content) return tl::make_unexpected(content.error());
        picture.bytes = std::move(*content);
        if (auto checked = check_content(picture); !checked)
            return tl::make_unexpected(checked.error());
        pictures.push_back(std::move(picture));
    }
    if (pictures.empty()) return unreadable("there are no pictures in the archive");
    std::ranges::sort(pictures, naturally_before, &ArchivedPicture::name);
    return pictures;
}

}  // namespace faceward::media
