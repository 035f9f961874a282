#include "evaluation/journal.hpp"

#include <atomic>
#include <thread>

namespace faceward::evaluation {

nlohmann::json signature_of(const std::filesystem::path& file) {
    std::error_code none;
    const auto size = std::filesystem::file_size(file, none);
    if (none) return nullptr;
    const auto changed = std::filesystem::last_write_time(file, none);
    return {size, changed.time_since_epoch().count()};
}

tl::expected<Journal, std::string> Journal::open(const std::filesystem::path& folder,
                                                 const nlohmann::json& maker) {
    const std::filesystem::path file = folder / "journal.jsonl";
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    Journal journal;
    std::ifstream before(file);
    std::string line;
    const bool begun = static_cast<bool>(std::getline(before, line));
    if (begun && nlohmann::json::parse(line, nullptr, false) != maker)
        return tl::make_unexpected(folder.string() +
                                   ": holds the run of another pack, profile or kind; choose an "
                                   "empty folder");
    while (std::getline(before, line)) {
        // The last line is cut off where a run was killed while it wrote.
        auto entry = nlohmann::json::parse(line, nullptr, false);
        if (!entry.is_object() || !entry.contains("path")) continue;
        const auto path = entry["path"].get<std::string>();
        journal.entries_[path] = std::move(entry);
    }
    journal.stream_.open(file, std::ios::app);
    if (begun) journal.stream_ << '\n';
    if (!begun) journal.stream_ << maker.dump() << std::endl;
    if (!journal.stream_) return tl::make_unexpected(file.string() + ": cannot be written");
    return journal;
}

const nlohmann::json* Journal::find(const std::string& path,
                                    const nlohmann::json& signature) const {
    const std::scoped_lock lock(*mutex_);
    const auto found = entries_.find(path);
    if (found == entries_.end() || found->second["file"] != signature) return nullptr;
    return &found->second;
}

void Journal::add(const std::string& path, const nlohmann::json& signature,
                  nlohmann::json finding) {
    finding["path"] = path;
    finding["file"] = signature;
    const std::string line = finding.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const std::scoped_lock lock(*mutex_);
    stream_ << line << std::endl;
    entries_[path] = std::move(finding);
}

std::vector<nlohmann::json> look_at_all(const std::vector<std::string>& paths,
                                        const std::filesystem::path& base, std::size_t slots,
                                        Journal& journal, const Look& look,
                                        const Progress& progress) {
    std::vector<nlohmann::json> findings(paths.size());
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (const auto* const before = journal.find(paths[i], signature_of(base / paths[i])))
            findings[i] = *before;
        else
            due.push_back(i);
    }
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> done = paths.size() - due.size();
    progress(done, paths.size());
    std::mutex telling;
    const auto work = [&](std::size_t slot) {
        for (std::size_t i = next++; i < due.size(); i = next++) {
            const std::string& path = paths[due[i]];
            // Signed before it is looked at: a file that changes meanwhile is looked at again.
            const nlohmann::json signature = signature_of(base / path);
            findings[due[i]] = look(slot, base / path);
            journal.add(path, signature, findings[due[i]]);
            const std::scoped_lock lock(telling);
            progress(++done, paths.size());
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t slot = 0; slot < slots; ++slot) threads.emplace_back(work, slot);
    }
    return findings;
}

}  // namespace faceward::evaluation
