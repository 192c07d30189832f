// What is known of a path that takes smaller packets than our link, and the search for how large.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/core/time.hpp"
#include "stack/wire/address.hpp"

#include <cstdint>

namespace stack::tcp {

/// RFC 4821 5.2: a path is known by its two addresses; all connections between them learn from each
/// other. Sizes are of IP packets, in bytes. There is none of a path that takes what our link does.
struct path {
    address local;
    address remote;
    std::uint16_t works = 0;  ///< the largest believed to arrive: search_low and eff_pmtu
    std::uint16_t limit = 0;  ///< nothing larger arrives, as far as is known: search_high
    bool halving = false;     ///< the limit itself has been tried
    instant probe_after;      ///< no probe before
    index_links age;          ///< the one used last at the end

    /// The size to probe next, for a sender that can use `largest`; 0: none now.
    std::uint16_t probe_size(std::uint16_t largest, instant now);
    /// A packet of that size has arrived.
    void arrived(std::uint16_t size, instant now);
    /// One of that size has not; no other is tried for `pause`.
    void refused(std::uint16_t size, instant now, duration pause);
    /// A router says what it takes.
    void told(std::uint16_t size, instant now);
    /// Nothing of `tried` bytes or less arrives any more; what is smaller is believed to.
    void lost(std::uint16_t tried, std::uint16_t smaller, instant now, duration pause);

  private:
    bool settled() const;
    void wait(instant now, duration pause);
};

}  // namespace stack::tcp
