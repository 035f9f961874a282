#include "service/ops/slots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <latch>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>

namespace faceward::ops {
namespace {

constexpr std::chrono::milliseconds long_enough{std::chrono::hours(1)};

/// A pool whose jobs must not throw.
std::unique_ptr<SlotPool> pool(std::size_t slots, std::size_t max_queue) {
    return std::make_unique<SlotPool>(
        slots, max_queue, [](std::string_view reason) { ADD_FAILURE() << "escaped: " << reason; });
}

/// Occupies every slot of a pool until it is released or gone.
class Occupation {
  public:
    explicit Occupation(SlotPool& pool) {
        const auto slots = static_cast<std::ptrdiff_t>(pool.slots());
        auto begun = std::make_shared<std::latch>(slots);
        for (std::ptrdiff_t i = 0; i < slots; ++i)
            EXPECT_TRUE(pool.submit([begun, released = released_](std::size_t) {
                begun->count_down();
                released->wait();
            }));
        begun->wait();
    }
    ~Occupation() {
        if (!released_->try_wait()) release();
    }
    Occupation(const Occupation&) = delete;
    Occupation& operator=(const Occupation&) = delete;

    void release() { released_->count_down(); }

  private:
    std::shared_ptr<std::latch> released_ = std::make_shared<std::latch>(1);
};

TEST(SlotPool, runsJobsOnAllSlotsEachOnItsOwnIndex) {
    const auto slots = pool(3, 0);
    std::barrier together(3);
    std::mutex mutex;
    std::set<std::size_t> seen;
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(slots->submit([&](std::size_t slot) {
            together.arrive_and_wait();
            const std::scoped_lock lock(mutex);
            seen.insert(slot);
        }));
    EXPECT_EQ(slots->stop(long_enough), 0U);
    EXPECT_EQ(seen, (std::set<std::size_t>{0, 1, 2}));
}

TEST(SlotPool, takesJobsInTheirOrder) {
    const auto slots = pool(1, 100);
    std::vector<int> order;
    for (int i = 0; i < 100; ++i)
        ASSERT_TRUE(slots->submit([&order, i](std::size_t) { order.push_back(i); }));
    slots->stop(long_enough);
    ASSERT_EQ(order.size(), 100U);
    EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(SlotPool, refusesAtOnceWhenTheQueueIsFull) {
    const auto slots = pool(2, 3);
    std::atomic<int> done = 0;
    const auto count = [&done](std::size_t) { ++done; };
    Occupation occupation(*slots);
    EXPECT_EQ(slots->busy(), 2U);
    for (std::size_t i = 1; i <= 3; ++i) {
        EXPECT_TRUE(slots->submit(count));
        EXPECT_EQ(slots->queued(), i);
    }
    EXPECT_FALSE(slots->submit(count));
    occupation.release();
    EXPECT_EQ(slots->stop(long_enough), 0U);
    EXPECT_EQ(done, 3);
    EXPECT_EQ(slots->busy(), 0U);
    EXPECT_EQ(slots->queued(), 0U);
}

TEST(SlotPool, takesAnotherLimitOfTheQueue) {
    const auto slots = pool(1, 0);
    Occupation occupied(*slots);
    EXPECT_FALSE(slots->submit([](std::size_t) {}));
    slots->set_max_queue(2);
    EXPECT_TRUE(slots->submit([](std::size_t) {}));
    EXPECT_TRUE(slots->submit([](std::size_t) {}));
    slots->set_max_queue(1);
    EXPECT_EQ(slots->queued(), 2U);
    EXPECT_FALSE(slots->submit([](std::size_t) {}));
    EXPECT_EQ(slots->max_queue(), 1U);
}

TEST(SlotPool, refusesAfterStop) {
    const auto slots = pool(1, 1);
    slots->stop(long_enough);
    EXPECT_FALSE(slots->submit([](std::size_t) { ADD_FAILURE(); }));
    EXPECT_EQ(slots->stop(long_enough), 0U);
}

TEST(SlotPool, dropsQueuedJobsWhenTheGraceIsOver) {
    const auto slots = pool(1, 2);
    const auto held = std::make_shared<int>();
    {
        Occupation occupation(*slots);
        for (int i = 0; i < 2; ++i)
            ASSERT_TRUE(slots->submit([held](std::size_t) { ADD_FAILURE(); }));
        std::jthread stopping([&] { EXPECT_EQ(slots->stop(std::chrono::milliseconds(0)), 2U); });
        while (slots->queued() > 0) std::this_thread::yield();
        occupation.release();
    }
    EXPECT_EQ(held.use_count(), 1);
}

TEST(SlotPool, finishesItsQueueWhenDestroyed) {
    std::atomic<int> done = 0;
    auto slots = pool(2, 50);
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(slots->submit([&](std::size_t) { ++done; }));
    slots.reset();
    EXPECT_EQ(done, 50);
}

TEST(SlotPool, survivesAJobThatThrows) {
    std::vector<std::string> escaped;
    SlotPool slots(1, 3, [&](std::string_view reason) { escaped.emplace_back(reason); });
    bool ran = false;
    slots.submit([](std::size_t) { throw std::runtime_error("out"); });
    slots.submit([](std::size_t) { throw 1; });
    slots.submit([&](std::size_t) { ran = true; });
    slots.stop(long_enough);
    EXPECT_THAT(escaped, testing::ElementsAre("out", "an exception of unknown type"));
    EXPECT_TRUE(ran);
}

TEST(SlotPoolShare, doesEveryItemOnceOnOneSlotAsOnMany) {
    for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
        for (const std::size_t slot_count : {1U, 2U, 4U}) {
            const auto slots = pool(slot_count, 1);
            std::vector<std::atomic<int>> done(count);
            ASSERT_TRUE(slots->submit([&](std::size_t own) {
                EXPECT_TRUE(slots->share(own, count, [&](std::size_t index, std::size_t slot) {
                    EXPECT_LT(slot, slot_count);
                    ++done[index];
                }));
                for (const auto& times : done) EXPECT_EQ(times, 1);
            }));
            slots->stop(long_enough);
        }
    }
}

TEST(SlotPoolShare, isHelpedByFreeSlots) {
    const auto slots = pool(3, 0);
    std::barrier together(3);  // passes only when three slots work on the list
    ASSERT_TRUE(slots->submit([&](std::size_t own) {
        slots->share(own, 3, [&](std::size_t, std::size_t) { together.arrive_and_wait(); });
    }));
    slots->stop(long_enough);
}

TEST(SlotPoolShare, needsNoHelp) {
    const auto slots = pool(2, 4);
    std::latch alone(1);
    std::latch shared(1);
    ASSERT_TRUE(slots->submit([&](std::size_t) {
        alone.count_down();
        shared.wait();
    }));
    alone.wait();
    std::vector<std::size_t> workers;
    std::size_t sharer = 0;
    ASSERT_TRUE(slots->submit([&](std::size_t own) {
        sharer = own;
        slots->share(own, 5, [&](std::size_t, std::size_t slot) { workers.push_back(slot); });
        shared.count_down();
    }));
    slots->stop(long_enough);
    EXPECT_EQ(workers, std::vector<std::size_t>(5, sharer));
}

TEST(SlotPoolShare, helpersTurnToQueuedJobsAfterEachItem) {
    const auto slots = pool(2, 1);
    std::barrier both_at_work(2);
    std::latch job_done(1);
    std::atomic<bool> before_third_item = false;
    ASSERT_TRUE(slots->submit([&](std::size_t own) {
        slots->share(own, 3, [&](std::size_t index, std::size_t slot) {
            if (index == 2) {
                before_third_item = job_done.try_wait();
                return;
            }
            both_at_work.arrive_and_wait();
            if (slot == own)
                job_done.wait();
            else
                EXPECT_TRUE(slots->submit([&](std::size_t) { job_done.count_down(); }));
        });
    }));
    job_done.wait();
    slots->stop(long_enough);
    EXPECT_TRUE(before_third_item);
}

TEST(SlotPoolShare, beginsNoFurtherItemsWhenTheGraceIsOver) {
    for (const std::size_t slot_count : {1U, 3U}) {
        const auto slots = pool(slot_count, 1);
        std::latch at_work(static_cast<std::ptrdiff_t>(slot_count));
        std::latch stopped(1);
        std::atomic<std::size_t> begun = 0;
        std::atomic<bool> complete = true;
        ASSERT_TRUE(slots->submit([&](std::size_t own) {
            complete = slots->share(own, 1'000'000, [&](std::size_t, std::size_t) {
                if (++begun <= slot_count) at_work.count_down();
                stopped.wait();
            });
        }));
        at_work.wait();
        ASSERT_TRUE(slots->submit([](std::size_t) { ADD_FAILURE(); }));
        std::jthread stopping([&] { slots->stop(std::chrono::milliseconds(0)); });
        while (slots->queued() > 0) std::this_thread::yield();
        stopped.count_down();
        stopping.join();
        EXPECT_EQ(begun, slot_count);
        EXPECT_FALSE(complete);
    }
}

TEST(SlotPoolShare, throwsTheFirstExceptionOnAndDropsTheRest) {
    const auto slots = pool(1, 1);
    std::size_t begun = 0;
    ASSERT_TRUE(slots->submit([&](std::size_t own) {
        const auto work = [&](std::size_t index, std::size_t) {
            ++begun;
            if (index == 3) throw std::runtime_error("item 3");
        };
        EXPECT_THAT([&] { slots->share(own, 10, work); },
                    testing::ThrowsMessage<std::runtime_error>("item 3"));
    }));
    slots->stop(long_enough);
    EXPECT_EQ(begun, 4U);
}

TEST(SlotPoolShare, throwsAHelpersExceptionOnWhenAllAreBack) {
    const auto slots = pool(2, 1);
    std::barrier both_at_work(2);
    std::atomic<int> at_work = 0;
    ASSERT_TRUE(slots->submit([&](std::size_t own) {
        const auto work = [&](std::size_t, std::size_t slot) {
            ++at_work;
            both_at_work.arrive_and_wait();
            --at_work;
            if (slot != own) throw std::runtime_error("helper");
        };
        EXPECT_THAT([&] { slots->share(own, 2, work); },
                    testing::ThrowsMessage<std::runtime_error>("helper"));
        EXPECT_EQ(at_work, 0);
    }));
    slots->stop(long_enough);
}

TEST(SlotPoolShare, nestsAndCompetesWithoutDeadlock) {
    constexpr std::size_t jobs = 64;
    const auto slots = pool(4, jobs);
    std::vector<std::atomic<int>> in_use(slots->slots());
    std::atomic<int> done = 0;
    for (std::size_t job = 0; job < jobs; ++job)
        ASSERT_TRUE(slots->submit([&](std::size_t own) {
            slots->share(own, 5, [&](std::size_t, std::size_t outer) {
                slots->share(outer, 7, [&](std::size_t, std::size_t slot) {
                    EXPECT_EQ(in_use[slot]++, 0) << "two items on one slot at a time";
                    ++done;
                    in_use[slot]--;
                });
            });
        }));
    slots->stop(long_enough);
    EXPECT_EQ(done, static_cast<int>(jobs) * 5 * 7);
}

}  // namespace
}  // namespace faceward::ops
