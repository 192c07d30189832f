// Fragments on their way to becoming datagrams again, of both families.
#pragma once

#include "stack/core/time.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/input.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/ipv6_extension.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <span>
#include <vector>

namespace stack::ip {

/// Holes are kept as in RFC 815. Fragments that overlap are never resolved one way or the other:
/// the datagram is given up, and what still comes of it dropped, for IPv6 as RFC 5722 says and for
/// IPv4 likewise, because no sender makes them and filters are evaded by them. Bytes that come
/// twice and are the same are duplicates of the network. Memory is bounded in all and per source;
/// where it ends, the oldest datagrams go: whoever floods with fragments loses his own first.
class reassembly {
  public:
    static constexpr std::size_t most_bytes = std::size_t{4} << 20;
    static constexpr std::size_t most_bytes_of_a_source = most_bytes / 4;
    static constexpr std::size_t most_datagrams = 256;
    static constexpr std::size_t most_datagrams_of_a_source = most_datagrams / 4;
    /// Of one datagram; a sender leaves none, a network that reorders a few.
    static constexpr std::size_t most_holes = 64;

    explicit reassembly(counters& counts) : counts_(counts) {}

    struct outcome {
        /// Why the fragment is of no use.
        refusal refused;
        /// The datagram, if this was the last piece missing: a packet of its own, without a
        /// fragment header; valid until the next call. Empty otherwise.
        std::span<std::byte const> whole;
    };
    /// `part` has been opened and is a fragment. The first of a datagram gives it `patience`.
    outcome add(inbound const& part, duration patience, instant now);

    /// Gives up what has waited too long. tell(packet) gets the first fragment of each as it was;
    /// if it never came, nobody is told (RFC 792, RFC 8200 4.5).
    template <class Tell>
    void expire(instant now, Tell&& tell) {
        for (auto at = datagrams_.begin(); at != datagrams_.end();) {
            auto const here = at++;
            if (here->deadline > now) continue;
            if (!here->abandoned) counts_.drop(drop_reason::reassembly_timeout);
            if (auto const first = here->first_fragment(); !first.empty()) tell(first);
            forget(here);
        }
    }
    std::optional<instant> next_deadline() const;

    /// Memory held now, in bytes.
    std::size_t bytes() const { return bytes_; }
    std::size_t size() const { return datagrams_.size(); }

  private:
    struct hole {
        std::uint32_t first = 0;
        std::uint32_t end = 0;  ///< exclusive
    };
    /// Headers of the first fragment end where its payload begins, at this place of `bytes`.
    static constexpr std::size_t payload_at = wire::ipv6_view::minimum + wire::longest_chain;
    static constexpr std::uint32_t unknown_end = 0xffffffff;

    struct datagram {
        address source;
        address destination;
        std::uint32_t identification = 0;
        wire::protocol protocol = wire::protocol::none;  // of IPv4; of IPv6 no part of the name
        instant deadline;
        std::vector<std::byte> bytes;
        std::vector<hole> holes{{0, unknown_end}};
        std::uint32_t end = unknown_end;  // of the payload, once the last fragment has come
        std::size_t header_length = 0;    // of the first fragment; 0: it has not come
        std::size_t first_length = 0;     // of its payload
        std::uint8_t ecn_seen = 0;        // bit n: a fragment had ECN bits n
        bool abandoned = false;           // fragments have overlapped

        std::span<std::byte const> first_fragment() const;
    };
    using place = std::list<datagram>::iterator;

    place find_or_make(inbound const& part, duration patience, instant now);
    drop_reason fill(place at, inbound const& part);
    drop_reason fill_hole(datagram& of, inbound const& part);
    void make_room(place at, std::size_t bytes);
    outcome finish(place at);
    void abandon(place at);
    void evict_oldest(place but, address const* source);
    void forget(place at);

    counters& counts_;
    std::list<datagram> datagrams_;  // in order of arrival
    std::size_t bytes_ = 0;
    std::vector<std::byte> finished_;
};

}  // namespace stack::ip
