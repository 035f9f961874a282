#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace faceward {

/// A value that is replaced whole while others read it: who has got it keeps what it was. Any
/// thread may use it at any time.
template <class T>
class Latest {
  public:
    explicit Latest(T value) : value_(std::make_shared<const T>(std::move(value))) {}

    std::shared_ptr<const T> get() const {
        const std::scoped_lock lock(mutex_);
        return value_;
    }

    void set(T value) {
        auto next = std::make_shared<const T>(std::move(value));
        const std::scoped_lock lock(mutex_);
        value_.swap(next);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> value_;
};

}  // namespace faceward
