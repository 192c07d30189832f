// Keeps packets from leaving whose source address this stack may no longer use.
#pragma once

#include "stack/wire/address.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stack::tun {

/// The right to send from some addresses ends at a time that somebody else moves on, from another
/// thread. Asked directly before a packet leaves: a process that is stopped between its decision to
/// send and the sending must find the fence when it goes on. The rest is for one thread.
class fence {
  public:
    /// From here on packets from `sources` pass until `deadline`, in nanoseconds of CLOCK_BOOTTIME,
    /// which must outlive the fence. Without guarded sources everything passes, and no clock is
    /// read.
    void guard(std::vector<address> sources, std::atomic<std::int64_t> const& deadline);

    /// `packet`: the first piece of an IP packet, with all of its IP header.
    bool lets_through(std::span<std::byte const> packet) const {
        return sources_.empty() || !is_guarded(packet) || is_open();
    }
    /// What speaks for `source` without being a packet from it.
    bool lets_through(address const& source) const;

  private:
    bool is_guarded(std::span<std::byte const> packet) const;
    bool is_open() const;

    std::vector<address> sources_;  ///< in order
    std::atomic<std::int64_t> const* deadline_ = nullptr;
};

}  // namespace stack::tun
