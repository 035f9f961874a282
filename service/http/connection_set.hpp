#pragma once

#include "service/http/connection.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace faceward::http {

/// The connections that are open. Safe to use from any thread.
class ConnectionSet {
  public:
    using Member = std::shared_ptr<Connection>;

    void add(Member connection);
    void remove(const Member& connection);
    std::size_t size() const;

    /// Those that are there now.
    std::vector<Member> members() const;

    /// The one that has been idle for the longest time, or null.
    Member longest_idle() const;

    /// Whether the set became empty in that time.
    bool wait_until_empty(std::chrono::milliseconds time) const;

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable emptied_;
    std::unordered_set<Member> members_;
};

}  // namespace faceward::http
