// How far a stack may rely on its proof of life.
#pragma once

#include "cf/group/boot_clock.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>

namespace cf {

/// What a stack may do as its lease ages, in this order.
enum class lease_state : std::uint8_t {
    active,
    suspended,  ///< a renewal has had no answer: nothing new is taken from the facility
    fenced,     ///< T1 has passed: nothing leaves with a shared address as its source
    lost        ///< the others have declared this stack dead and its ports are theirs: for good
};
char const* name_of(lease_state state);

/// A stack's own lease, judged by its own clock: the facility counts from the arrival of a renewal,
/// the stack from its sending (T0), and T1 = T0 + 0.8 x life is early enough that nobody else can
/// have its ports by then. Reads no clock. Thread-safe.
class lease {
  public:
    using clock = boot_clock;

    explicit lease(clock::duration life) : life_(life) {}

    // --- whoever renews it ---
    /// A renewal sent at T0 = `sent` was answered. Nothing once it is lost.
    void renewed(clock::time_point sent);
    /// A renewal had no answer.
    void missed() { missed_ = true; }
    /// The others have declared this stack dead.
    void lose();

    // --- whoever relies on it ---
    /// Suspended also half a life after T0, when a renewal is still waiting for its answer.
    lease_state state(clock::time_point now) const;
    bool is_lost() const { return lost_; }
    /// T1; clock::time_point::max() before the first renewal, min() once lost.
    clock::time_point end() const;
    /// T0; only after the first renewal.
    clock::time_point last_renewal() const { return end() - life_ / 5 * 4; }
    /// T1 in nanoseconds of CLOCK_BOOTTIME, for a check at each packet.
    std::atomic<std::int64_t> const& deadline() const { return deadline_; }
    /// `told(T1)` is called at each renewal, by who renews; at once if there was one already.
    void on_renewal(std::function<void(clock::time_point)> told);

  private:
    void tell();

    clock::duration const life_;
    std::mutex writing_;
    std::function<void(clock::time_point)> told_;
    std::atomic<std::int64_t> deadline_ = clock::time_point::max().time_since_epoch().count();
    std::atomic<bool> missed_ = false;
    std::atomic<bool> lost_ = false;
};

}  // namespace cf
