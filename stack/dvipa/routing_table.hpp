// The connection routing table (VCRT): on which stack a connection to a DVIPA lives.
#pragma once

#include "stack/core/time.hpp"
#include "stack/shard/member.hpp"
#include "stack/wire/endpoint.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace stack::dvipa {

struct connection_row {
    member_id holder;
    bool inbound = false;
    /// The holder has said that it has the connection; false for one that was distributed and is
    /// not yet heard of.
    bool confirmed = false;
};

/// Kept by the owner of DVIPAs, for connections on other stacks. Keys have the DVIPA side as local.
class routing_table {
  public:
    static constexpr std::size_t most_rows = 262'144;
    /// How long a connection may be distributed and its stack not say that it took it.
    static constexpr duration confirm_time = std::chrono::seconds(10);

    explicit routing_table(siphash_key const& key) : rows_(0, wire::keyed_hash{key}) {}

    connection_row const* find(four_tuple const& tuple) const;
    /// From a notice; a row that is there already gets the new holder. False if the table is full.
    bool confirm(four_tuple const& tuple, member_id holder, bool inbound);
    /// A connection just distributed. False if the table is full.
    bool distribute(four_tuple const& tuple, member_id holder, instant now);
    /// Only if `holder` still has it: the notice of its end may be later than that of its
    /// successor. The row that is gone, if one is.
    std::optional<connection_row> end(four_tuple const& tuple, member_id holder);
    void remove_holder(member_id holder);
    /// Keeps the rows whose DVIPA passes `keep(address)`.
    template <class Keep>
    void keep_addresses(Keep&& keep) {
        boost::unordered::erase_if(rows_,
                                   [&](auto const& row) { return !keep(row.first.local.host); });
    }
    /// Removes rows not confirmed in time: gone(four_tuple, connection_row).
    template <class Gone>
    void expire(instant now, Gone&& gone) {
        while (auto const late = next_unheard(now))
            if (auto const row = end_unconfirmed(*late)) gone(late->tuple, *row);
    }
    std::optional<instant> next_deadline() const;

    std::size_t size() const { return rows_.size(); }
    /// visit(four_tuple, connection_row).
    template <class Visitor>
    void each(Visitor&& visit) const {
        for (auto const& row : rows_)
            visit(row.first, row.second);
    }

  private:
    struct unheard {
        four_tuple tuple;
        member_id holder;
        instant until;
    };
    bool put(four_tuple const& tuple, connection_row const& row);
    std::optional<unheard> next_unheard(instant now);
    std::optional<connection_row> end_unconfirmed(unheard const& late);

    boost::unordered_flat_map<four_tuple, connection_row, wire::keyed_hash> rows_;
    std::vector<unheard> unheard_;  // by time; those before first_unheard_ are done with
    std::size_t first_unheard_ = 0;
};

}  // namespace stack::dvipa
