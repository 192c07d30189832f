// The kernel's timer that kills a process whose lease has run out, in virtual time.
#pragma once

#include "cf/group/boot_clock.hpp"
#include "scheduler.hpp"

#include <chrono>
#include <cstdint>
#include <memory>

namespace tcpplexd {

/// See daemon/node/hard_fence.hpp: SIGKILL 250 ms after the end of the lease, of a stopped process
/// too.
class hard_fence {
  public:
    void renewed(cf::boot_clock::time_point end) {
        end_ = end;
        if (needed_) arm();
    }
    void need(bool something) {
        if (needed_ == something) return;
        needed_ = something;
        if (end_ != cf::boot_clock::time_point::max()) arm();
    }
    void disarm() {
        end_ = cf::boot_clock::time_point::max();
        ++*armed_;
    }

  private:
    void arm() {
        auto& time = sim::scheduler::current();
        auto const mine = ++*armed_;
        if (!needed_) return;
        auto const when = end_ + std::chrono::milliseconds(250);
        time.at(time.here().global(when.time_since_epoch().count()),
                [armed = armed_, mine, &time, &self = time.here()] {
                    if (*armed == mine && !self.dead) time.kill(self);
                });
    }

    std::shared_ptr<std::uint64_t> armed_ = std::make_shared<std::uint64_t>(0);
    bool needed_ = false;
    cf::boot_clock::time_point end_ = cf::boot_clock::time_point::max();
};

}  // namespace tcpplexd
