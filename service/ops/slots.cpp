#include "service/ops/slots.hpp"

#include <exception>
#include <utility>

namespace faceward::ops {

/// A list being shared. It lives in its `share` call, which ends only when no helper is left.
struct SlotPool::Round {
    const Work& work;
    std::size_t count;
    std::size_t next = 0;  ///< first index that nobody has begun
    std::size_t helpers = 0;
    std::exception_ptr fault;
    std::condition_variable helpers_left;
};

SlotPool::SlotPool(std::size_t slots, std::size_t max_queue, OnEscape on_escape)
    : slots_(slots), on_escape_(std::move(on_escape)), max_queue_(max_queue) {
    threads_.reserve(slots);
    for (std::size_t slot = 0; slot < slots; ++slot)
        threads_.emplace_back([this, slot](const std::stop_token& stop) { serve(stop, slot); });
}

bool SlotPool::submit(Job job) {
    {
        const std::scoped_lock lock(mutex_);
        const std::size_t free_slots = slots_ - busy_;
        if (stopping_ || queue_.size() >= max_queue_ + free_slots) return false;
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

bool SlotPool::share(std::size_t slot, std::size_t count, const Work& work) {
    Round round{.work = work, .count = count, .fault = {}, .helpers_left = {}};
    Lock lock(mutex_);
    rounds_.push_back(&round);
    wake_.notify_all();
    work_on(round, slot, lock, [] { return true; });
    round.helpers_left.wait(lock, [&] { return round.helpers == 0; });
    std::erase(rounds_, &round);
    lock.unlock();
    if (round.fault) std::rethrow_exception(round.fault);
    return round.next == round.count;
}

std::size_t SlotPool::stop(std::chrono::milliseconds grace) {
    std::deque<Job> dropped;
    {
        Lock lock(mutex_);
        stopping_ = true;
        idle_.wait_for(lock, grace, [&] { return queue_.empty() && busy_ == 0; });
        grace_over_ = true;
        dropped.swap(queue_);
    }
    threads_.clear();
    return dropped.size();
}

std::size_t SlotPool::busy() const {
    const std::scoped_lock lock(mutex_);
    return busy_;
}

std::size_t SlotPool::queued() const {
    const std::scoped_lock lock(mutex_);
    return queue_.size();
}

std::size_t SlotPool::max_queue() const {
    const std::scoped_lock lock(mutex_);
    return max_queue_;
}

void SlotPool::set_max_queue(std::size_t most) {
    const std::scoped_lock lock(mutex_);
    max_queue_ = most;
}

void SlotPool::serve(const std::stop_token& stop, std::size_t slot) {
    Lock lock(mutex_);
    while (wake_.wait(lock, stop, [&] { return !queue_.empty() || open_round() != nullptr; })) {
        ++busy_;
        if (!queue_.empty())
            run_next_job(slot, lock);
        else
            help(*open_round(), slot, lock);
        --busy_;
        if (busy_ == 0 && queue_.empty()) idle_.notify_all();
    }
}

void SlotPool::run_next_job(std::size_t slot, Lock& lock) {
    {
        const Job job = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        try {
            job(slot);
        } catch (const std::exception& error) {
            on_escape_(error.what());
        } catch (...) {
            on_escape_("an exception of unknown type");
        }
    }
    lock.lock();
}

void SlotPool::help(Round& round, std::size_t slot, Lock& lock) {
    ++round.helpers;
    work_on(round, slot, lock, [&] { return queue_.empty(); });
    // Told under the lock: the round may be gone as soon as it is released.
    if (--round.helpers == 0) round.helpers_left.notify_one();
}

/// Begins items while there are any and `go_on`. Holds the lock but while an item runs.
template <class GoOn>
void SlotPool::work_on(Round& round, std::size_t slot, Lock& lock, GoOn go_on) {
    while (round.next < round.count && !grace_over_ && go_on()) {
        const std::size_t index = round.next++;
        std::exception_ptr fault;
        lock.unlock();
        try {
            round.work(index, slot);
        } catch (...) {
            fault = std::current_exception();
        }
        lock.lock();
        if (!fault) continue;
        round.next = round.count;
        if (!round.fault) round.fault = std::move(fault);
    }
}

SlotPool::Round* SlotPool::open_round() const {
    if (grace_over_) return nullptr;
    for (Round* round : rounds_)
        if (round->next < round->count) return round;
    return nullptr;
}

}  // namespace faceward::ops
