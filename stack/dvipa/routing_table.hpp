// The connection routing table (VCRT): on which stack a connection to a DVIPA lives.
#pragma once

#include "stack/core/time.hpp"
#include "stack/shard/member.hpp"
#include "stack/wire/endpoint.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
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

/// A connection_row in six bytes: a member's slot has no more than six bits.
class packed_row {
  public:
    explicit packed_row(connection_row const& row)
        : place_(static_cast<std::uint16_t>(row.holder.slot | (row.inbound ? inbound_bit : 0U) |
                                            (row.confirmed ? confirmed_bit : 0U))),
          incarnation_{static_cast<std::uint16_t>(row.holder.incarnation),
                       static_cast<std::uint16_t>(row.holder.incarnation >> 16U)} {}
    packed_row() = default;

    connection_row row() const { return {holder(), is(inbound_bit), is(confirmed_bit)}; }
    member_id holder() const {
        return {static_cast<std::uint16_t>(place_ & slot_bits),
                incarnation_[0] | static_cast<std::uint32_t>(incarnation_[1]) << 16U};
    }

  private:
    static constexpr unsigned slot_bits = 0x3fff;
    static constexpr unsigned inbound_bit = 0x4000;
    static constexpr unsigned confirmed_bit = 0x8000;
    bool is(unsigned bit) const { return (place_ & bit) != 0; }

    std::uint16_t place_ = 0;
    std::array<std::uint16_t, 2> incarnation_{};
};

/// Kept by the owner of DVIPAs, for the connections that it routes. Keys have the DVIPA side as
/// local. A row takes 28 bytes, so that a million of them takes less than 64 each in a table that
/// has doubled just before: the address of the DVIPA, of which there are few, is a number.
class routing_table {
  public:
    static constexpr std::size_t most_rows = 1'048'576;
    /// How long a connection may be distributed and its stack not say that it took it.
    static constexpr duration confirm_time = std::chrono::seconds(10);

    explicit routing_table(siphash_key const& key)
        : rows_(0, key_hash{key}), numbers_(0, wire::keyed_hash{key}) {}

    std::optional<connection_row> find(four_tuple const& tuple) const;
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
        std::vector<bool> gone(names_.size());
        bool any = false;
        for (std::size_t i = 0; i < names_.size(); ++i)
            any |= gone[i] = names_[i] && !keep(*names_[i]);
        if (!any) return;
        boost::unordered::erase_if(rows_, [&](auto const& row) { return gone[row.first.dvipa]; });
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (gone[i]) forget(i);
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
        for (auto const& [name, row] : rows_)
            visit(four_tuple{{*names_[name.dvipa], name.local_port},
                             {name.remote_host, name.remote_port}},
                  row.row());
    }

  private:
    struct row_key {
        std::uint16_t dvipa = 0;  ///< position in names_
        std::uint16_t local_port = 0;
        std::uint16_t remote_port = 0;
        address remote_host;
        friend bool operator==(row_key const&, row_key const&) = default;
    };
    struct key_hash {
        siphash_key key;
        std::size_t operator()(row_key const& name) const;
    };
    struct unheard {
        four_tuple tuple;
        member_id holder;
        instant until;
    };
    static_assert(sizeof(row_key) + sizeof(packed_row) == 28);

    std::optional<row_key> key_of(four_tuple const& tuple) const;
    row_key new_key_of(four_tuple const& tuple);
    void forget(std::size_t number);
    bool put(four_tuple const& tuple, connection_row const& row);
    std::optional<unheard> next_unheard(instant now);
    std::optional<connection_row> end_unconfirmed(unheard const& late);

    boost::unordered_flat_map<row_key, packed_row, key_hash> rows_;
    /// The DVIPAs by number, and the numbers; at most 65,536, as there are never as many on a
    /// stack.
    std::vector<std::optional<address>> names_;
    boost::unordered_flat_map<endpoint, std::uint16_t, wire::keyed_hash> numbers_;
    std::vector<unheard> unheard_;  // by time; those before first_unheard_ are done with
    std::size_t first_unheard_ = 0;
};

}  // namespace stack::dvipa
