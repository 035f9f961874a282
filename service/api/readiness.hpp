#pragma once

#include <mutex>
#include <string>

namespace faceward::api {

/// Whether the biometric processor would answer a request now, and why not.
///
/// It begins as not ready ("still warming up"). A passed self-test makes it ready; a failure of the
/// inference backend makes it not ready until a self-test has passed again. Thread-safe.
class Readiness {
  public:
    struct State {
        bool ready = false;
        std::string why_not = "still warming up";  ///< empty when ready
    };

    State state() const {
        const std::scoped_lock lock(mutex_);
        return state_;
    }
    void passed() {
        const std::scoped_lock lock(mutex_);
        state_ = {true, {}};
    }
    void failed(std::string why) {
        const std::scoped_lock lock(mutex_);
        state_ = {false, std::move(why)};
    }

  private:
    mutable std::mutex mutex_;
    State state_;
};

}  // namespace faceward::api
