#include "service/http/connection_set.hpp"

#include <algorithm>

namespace faceward::http {

void ConnectionSet::add(Member connection) {
    const std::scoped_lock lock(mutex_);
    members_.insert(std::move(connection));
}

void ConnectionSet::remove(const Member& connection) {
    const std::scoped_lock lock(mutex_);
    members_.erase(connection);
    if (members_.empty()) emptied_.notify_all();
}

std::size_t ConnectionSet::size() const {
    const std::scoped_lock lock(mutex_);
    return members_.size();
}

std::vector<ConnectionSet::Member> ConnectionSet::members() const {
    const std::scoped_lock lock(mutex_);
    return {members_.begin(), members_.end()};
}

ConnectionSet::Member ConnectionSet::longest_idle() const {
    const std::scoped_lock lock(mutex_);
    const auto first = std::ranges::min_element(
        members_, {}, [](const Member& member) { return member->idle_since(); });
    const bool none =
        first == members_.end() || (*first)->idle_since() == Connection::Clock::time_point::max();
    return none ? nullptr : *first;
}

bool ConnectionSet::wait_until_empty(std::chrono::milliseconds time) const {
    std::unique_lock lock(mutex_);
    return emptied_.wait_for(lock, time, [this] { return members_.empty(); });
}

}  // namespace faceward::http
