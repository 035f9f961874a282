#pragma once

#include "service/http/message.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace faceward::http {

/// The receiving end of one Reply. The Reply may be called on any thread and may outlive this
/// object; then it does nothing.
class Answer {
  public:
    Answer();
    ~Answer();
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    /// The sending end; made once. When its last copy goes uncalled, the answer is a 500 without a
    /// body.
    Reply reply() const;

    /// The answer if it is there; else `wake` is called once when it is, on the thread that gives
    /// it and with a lock held: it should do no more than tell the owner. It is never called after
    /// this object is gone.
    std::optional<Response> take(std::function<void()> wake);

  private:
    class Box;
    std::shared_ptr<Box> box_;
};

/// The answer of last resort, when the application gave none; `why` is noted as "fault".
Response no_answer(std::string why);

}  // namespace faceward::http
