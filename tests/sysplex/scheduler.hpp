// Processes and their threads in virtual time: one thread runs at a time, and time passes when none
// can.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <queue>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <semaphore.h>

namespace sim {

using nanos = std::int64_t;  ///< of the simulation's time
inline constexpr nanos us = 1000, ms = 1000 * us, s = 1000 * ms;
inline constexpr nanos never = std::numeric_limits<nanos>::max();

/// A process on a machine of its own, with that machine's clock.
struct process {
    std::string name;
    nanos clock_offset = 0;  ///< its clock shows offset + time x rate
    double clock_rate = 1;
    bool paused = false;  ///< SIGSTOP: its threads do not run
    bool dead = false;    ///< they never will again; what it had in memory is never looked at

    nanos local(nanos time) const {
        return clock_offset + static_cast<nanos>(static_cast<double>(time) * clock_rate);
    }
    nanos global(nanos local_time) const {
        return static_cast<nanos>(static_cast<double>(local_time - clock_offset) / clock_rate) + 1;
    }
};

/// Threads give way only where they wait; which of several that can run is next is drawn. Threads
/// of a dead process stay where they are: end the whole (real) process without destroying anything.
class scheduler {
  public:
    explicit scheduler(std::uint64_t seed) : random_(seed) { current_ = this; }
    scheduler(scheduler const&) = delete;
    scheduler& operator=(scheduler const&) = delete;
    static scheduler& current() { return *current_; }

    /// Runs `first` as the first thread of `of`, and whatever comes of it; returns when it returns.
    void run(process& of, std::function<void()> first);

    nanos now() const { return now_; }
    /// Without a thread, at that time; must not wait.
    void at(nanos when, std::function<void()> event);
    /// Called after each event: a thread's turn, or one of at(). Must not wait, nor throw.
    void observe(std::function<void()> observer) { observer_ = std::move(observer); }

    // --- for threads
    process& here() const;
    struct task;
    std::shared_ptr<task> start(std::function<void()> body) {
        return start(here(), std::move(body));
    }
    std::shared_ptr<task> start(process& of, std::function<void()> body);
    bool is_over(task const& which) const;
    /// Until wake(channel); false: `until` came first.
    bool wait(void const* channel, nanos until);
    void let_pass(nanos duration) { wait(nullptr, now_ + duration); }
    void wake(void const* channel);

    // --- of processes
    void pause(process& which) { which.paused = true; }
    void go_on(process& which) { which.paused = false; }
    /// If it is the caller's own this does not return.
    void kill(process& which);

  private:
    struct event {
        nanos when;
        std::uint64_t order;
        std::function<void()> what;
        bool operator<(event const& other) const {
            return when != other.when ? when > other.when : order > other.order;
        }
    };
    void give_way();
    task* next();
    bool pass_time();

    static scheduler* current_;
    std::mt19937_64 random_;
    nanos now_ = 0;
    std::uint64_t order_ = 0;
    std::vector<std::shared_ptr<task>> tasks_;
    task* running_ = nullptr;
    std::priority_queue<event> events_;
    std::function<void()> observer_ = [] {};
    bool in_event_ = false;
};

/// A semaphore: std::binary_semaphore of GCC 12 loses wake-ups.
class turn_of_thread {
  public:
    turn_of_thread() { ::sem_init(&semaphore_, 0, 0); }
    ~turn_of_thread() { ::sem_destroy(&semaphore_); }
    turn_of_thread(turn_of_thread const&) = delete;
    turn_of_thread& operator=(turn_of_thread const&) = delete;
    void release() { ::sem_post(&semaphore_); }
    void acquire() {
        while (::sem_wait(&semaphore_) != 0) {
        }
    }

  private:
    sem_t semaphore_{};
};

struct scheduler::task {
    process* of = nullptr;
    std::thread thread;
    turn_of_thread turn;
    bool ready = true;
    bool over = false;
    bool in_time = true;  ///< woken, not timed out
    void const* channel = nullptr;
    nanos until = never;
};

}  // namespace sim
