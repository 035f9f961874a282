#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>
#include <vector>

namespace faceward::ops {

/// Worker slots behind a bounded queue. Each slot is a thread that owns one index in [0, slots()),
/// and with it whatever the program keeps per index (inference sessions, buffers): two pieces of
/// work never run on one index at a time.
///
/// A job may spread a list of items over the slots with `share`:
///   - A free slot takes the oldest queued job; only with the queue empty does it help a job that
///     shares.
///   - A helper looks at the queue after every item. So under load each request keeps to its own
///     slot, which wastes nothing, and no request waits longer for another's list than one item
///     takes.
///   - The sharing job works on its own list and needs no helper. It waits only for items that a
///     helper has begun, so waiting jobs form no cycle, nested lists included: there is no
///     deadlock.
class SlotPool {
  public:
    using Job = std::function<void(std::size_t slot)>;
    using Work = std::function<void(std::size_t index, std::size_t slot)>;
    /// Told what escaped from a job; runs on the job's thread and must not throw.
    using OnEscape = std::function<void(std::string_view reason)>;

    /// `slots` is at least 1. Throws std::system_error when threads cannot be had.
    SlotPool(std::size_t slots, std::size_t max_queue, OnEscape on_escape);
    /// Finishes what is queued. Jobs must not be submitted any more.
    ~SlotPool() = default;
    SlotPool(const SlotPool&) = delete;
    SlotPool& operator=(const SlotPool&) = delete;

    /// Queues a job for a slot. False, at once, when no slot is free and `max_queue` jobs wait, or
    /// after `stop`. A job should let no exception out; the pool survives one and tells
    /// `on_escape`.
    bool submit(Job job);

    /// From a job that runs on `slot`: work(index, slot) for every index in [0, count), in any
    /// order, on this and on free slots. Returns when all are done; false when `stop` has run out
    /// of patience and the items not yet begun are dropped. After an exception they are dropped
    /// too, and the first exception is thrown on. An item costs a lock: it should be worth many
    /// microseconds.
    bool share(std::size_t slot, std::size_t count, const Work& work);

    /// Refuses new jobs, gives the queued and running ones `grace` to finish, drops those still
    /// queued then, begins no further items of shared lists, and ends the threads as soon as
    /// running jobs return. Gives the number of dropped jobs. Not from a job.
    std::size_t stop(std::chrono::milliseconds grace);

    std::size_t slots() const { return slots_; }
    /// Slots that run a job or help one.
    std::size_t busy() const;
    /// Jobs that wait for a slot.
    std::size_t queued() const;

    std::size_t max_queue() const;
    /// The most from now on; jobs that wait already stay.
    void set_max_queue(std::size_t most);

  private:
    struct Round;
    using Lock = std::unique_lock<std::mutex>;

    void serve(const std::stop_token& stop, std::size_t slot);
    void run_next_job(std::size_t slot, Lock& lock);
    void help(Round& round, std::size_t slot, Lock& lock);
    template <class GoOn>
    void work_on(Round& round, std::size_t slot, Lock& lock, GoOn go_on);
    Round* open_round() const;

    const std::size_t slots_;
    const OnEscape on_escape_;

    mutable std::mutex mutex_;          // guards everything below but the threads
    std::condition_variable_any wake_;  // a job is queued, or a round is open
    std::condition_variable idle_;      // nothing is queued or running
    std::deque<Job> queue_;
    std::vector<Round*> rounds_;
    std::size_t max_queue_;
    std::size_t busy_ = 0;
    bool stopping_ = false;
    bool grace_over_ = false;

    std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace faceward::ops
