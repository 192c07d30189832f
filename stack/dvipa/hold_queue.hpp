// Segments for a DVIPA that match nothing yet: the notice of their connection may be on its way.
#pragma once

#include "stack/core/time.hpp"
#include "stack/packet/stored_packet.hpp"
#include "stack/shard/member.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace stack::dvipa {

struct held_segment {
    stored_packet packet;
    four_tuple tuple;  ///< local is the DVIPA side
    member_id from;    ///< the stack that sent it here; invalid if it came by a device
    instant until;
    bool settling = false;  ///< held because its DVIPA's new owner does not know everything yet
};

/// Bounded in all and per connection; keeps the order of arrival.
class hold_queue {
  public:
    static constexpr std::size_t most = 256;
    static constexpr std::size_t most_of_a_tuple = 4;
    static constexpr duration patience = std::chrono::milliseconds(200);

    enum class outcome { held, full, tuple_full };
    outcome hold(four_tuple const& tuple, member_id from, fragments const& packet,
                 offload const& meta, bool settling, instant now);

    /// Takes out, in order, those of one connection.
    template <class Take>
    void release(four_tuple const& tuple, Take&& take) {
        take_if([&](held_segment const& s) { return s.tuple == tuple; }, take);
    }
    /// Takes out, in order, those that were held for a DVIPA that was settling, and now is
    /// `settled(address)`.
    template <class Settled, class Take>
    void release_settled(Settled&& settled, Take&& take) {
        take_if([&](held_segment const& s) { return s.settling && settled(s.tuple.local.host); },
                take);
    }
    /// Takes out, in order, those whose time is up.
    template <class Take>
    void expire(instant now, Take&& take) {
        take_if([&](held_segment const& s) { return s.until <= now; }, take);
    }
    void remove_from(member_id who) {
        take_if([&](held_segment const& s) { return s.from == who; }, [](held_segment const&) {});
    }

    std::optional<instant> next_deadline() const;
    std::size_t size() const { return segments_.size(); }

  private:
    template <class Predicate, class Take>
    void take_if(Predicate&& wanted, Take&& take) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < segments_.size(); ++i) {
            held_segment& segment = segments_[i];
            if (wanted(segment)) {
                take(segment);
                store_.give_back(std::move(segment.packet));
                continue;
            }
            if (kept != i) segments_[kept] = std::move(segment);
            ++kept;
        }
        segments_.resize(kept);
    }

    packet_store store_;
    std::vector<held_segment> segments_;  // oldest first
};

}  // namespace stack::dvipa
