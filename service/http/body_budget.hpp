#pragma once

#include <atomic>
#include <cstddef>

namespace faceward::http {

/// How many bytes of request bodies a server holds at a time, over all its connections. Any thread
/// may use it at any time.
class BodyBudget {
  public:
    explicit BodyBudget(std::size_t most) : most_(most) {}

    /// The most from now on; what is held beyond it stays until it is given back.
    void set_most(std::size_t most) { most_ = most; }

    /// Bytes that are held now.
    std::size_t held() const { return held_; }

    /// One connection's part of the budget, given back at its end. The budget must outlive it.
    class Share {
      public:
        explicit Share(BodyBudget& budget) : budget_(budget) {}
        ~Share() { shrink(0); }
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;

        /// Makes the share that large; false, leaving it as it was, when the budget does not allow
        /// it.
        bool resize(std::size_t bytes) {
            if (bytes <= bytes_) {
                shrink(bytes);
                return true;
            }
            if (!budget_.take(bytes - bytes_)) return false;
            bytes_ = bytes;
            return true;
        }

      private:
        void shrink(std::size_t bytes) {
            budget_.held_ -= bytes_ - bytes;
            bytes_ = bytes;
        }

        BodyBudget& budget_;
        std::size_t bytes_ = 0;
    };

  private:
    bool take(std::size_t bytes) {
        std::size_t held = held_;
        while (held <= most_ && bytes <= most_ - held)
            if (held_.compare_exchange_weak(held, held + bytes)) return true;
        return false;
    }

    std::atomic<std::size_t> most_;
    std::atomic<std::size_t> held_ = 0;
};

}  // namespace faceward::http
