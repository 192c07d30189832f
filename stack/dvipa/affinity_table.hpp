// Timed affinities: which stack a client's connections to a service go to (TIMEDAFFINITY).
#pragma once

#include "stack/core/time.hpp"
#include "stack/shard/member.hpp"
#include "stack/wire/endpoint.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace stack::dvipa {

/// Kept by the owner of DVIPAs. Lasts while the client has a connection, and for a time after the
/// last. Bounded: a client that finds it full has no affinity.
class affinity_table {
  public:
    static constexpr std::size_t most = 65'536;

    explicit affinity_table(siphash_key const& key) : entries_(0, wire::keyed_hash{key}) {}

    /// So that opened() allocates nothing.
    void reserve() { entries_.reserve(most); }

    std::optional<member_id> find(endpoint const& service, address const& client,
                                  instant now) const;
    /// A connection of the client is on `who`. Replaces an affinity with another stack.
    void opened(endpoint const& service, address const& client, member_id who);
    /// The affinity lasts for `seconds` from the next advance() on if this was the last one.
    void ended(endpoint const& service, address const& client, member_id who,
               std::chrono::seconds seconds);
    void remove(member_id who);
    /// Keeps the services whose DVIPA passes `keep(address)`.
    template <class Keep>
    void keep_addresses(Keep&& keep) {
        boost::unordered::erase_if(
            entries_, [&](auto const& entry) { return !keep(entry.first.local.host); });
    }
    /// Once a burst: begins the time of those whose last connection has ended in it.
    void advance(instant now);

    std::size_t size() const { return entries_.size(); }

  private:
    struct affinity {
        member_id who;
        std::uint32_t connections = 0;
        std::chrono::seconds lasts{};
        std::optional<instant> until;  ///< without connections; empty: from the next advance() on
    };
    /// As in the displays: the client's side has no port.
    static four_tuple key_of(endpoint const& service, address const& client) {
        return {service, {client, 0}};
    }
    bool is_over(affinity const& entry, instant now) const {
        return entry.connections == 0 && entry.until && *entry.until <= now;
    }

    boost::unordered_flat_map<four_tuple, affinity, wire::keyed_hash> entries_;
    std::vector<four_tuple> idle_;  ///< since the last advance()
    instant swept_{};
};

}  // namespace stack::dvipa
