#include "service/http/answer.hpp"

#include <mutex>

namespace faceward::http {

/// What both ends share.
class Answer::Box {
  public:
    void put(Response response) {
        const std::scoped_lock lock(mutex_);
        if (given_) return;
        given_ = true;
        response_ = std::move(response);
        if (wake_) wake_();
    }

    std::optional<Response> take(std::function<void()> wake) {
        const std::scoped_lock lock(mutex_);
        wake_ = given_ ? nullptr : std::move(wake);
        return std::exchange(response_, std::nullopt);
    }

    void close() {
        const std::scoped_lock lock(mutex_);
        given_ = true;
        wake_ = nullptr;
    }

  private:
    std::mutex mutex_;
    bool given_ = false;
    std::optional<Response> response_;
    std::function<void()> wake_;
};

Answer::Answer() : box_(std::make_shared<Box>()) {}

Answer::~Answer() { box_->close(); }

Reply Answer::reply() const {
    /// Shared by the copies of the Reply: notices when the last is gone.
    struct Sender {
        explicit Sender(std::shared_ptr<Box> its_box) : box(std::move(its_box)) {}
        ~Sender() { box->put(no_answer("no answer was given")); }
        Sender(const Sender&) = delete;
        Sender& operator=(const Sender&) = delete;
        std::shared_ptr<Box> box;
    };
    return [sender = std::make_shared<Sender>(box_)](Response response) {
        sender->box->put(std::move(response));
    };
}

std::optional<Response> Answer::take(std::function<void()> wake) {
    return box_->take(std::move(wake));
}

Response no_answer(std::string why) {
    Response response;
    response.status = 500;
    response.notes.emplace_back("fault", std::move(why));
    return response;
}

}  // namespace faceward::http
