// Ends this process by the kernel's hand when its lease has run out and it could not fence itself.
#pragma once

#include "cf/group/boot_clock.hpp"

#include <mutex>

#include <time.h>

namespace tcpplexd {

/// A kernel timer on CLOCK_BOOTTIME that sends SIGKILL 250 ms after the end of the lease. The
/// kernel carries it out on a stopped process too, and with the process go its TUN devices.
/// Thread-safe.
class hard_fence {
  public:
    hard_fence();
    ~hard_fence();
    hard_fence(hard_fence const&) = delete;
    hard_fence& operator=(hard_fence const&) = delete;

    /// The lease now lasts until `end`.
    void renewed(cf::boot_clock::time_point end);
    /// Whether there is anything to fence; until then there is no timer.
    void need(bool something);
    /// The process has fenced itself: nothing to do until the next renewal.
    void disarm();

  private:
    void set(cf::boot_clock::time_point at);

    std::mutex mutex_;
    timer_t timer_{};
    bool needed_ = false;
    cf::boot_clock::time_point end_ = cf::boot_clock::time_point::max();
};

}  // namespace tcpplexd
