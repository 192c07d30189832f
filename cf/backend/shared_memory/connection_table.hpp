// The table of connections of one DVIPA, form HASHTABLE: chained, in space of a fixed size.
#pragma once

#include "cf/backend/shared_memory/stepwise.hpp"
#include "cf/structure/table_entry.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cf::shared_memory {

/// One entry. Numbers of entries count from 1; 0 is none.
struct connection_record {
    std::atomic<std::uint64_t> owners;
    std::atomic<std::uint64_t> host_high;  ///< the remote host's bytes, as they lie in memory
    std::atomic<std::uint64_t> host_low;
    std::atomic<std::uint32_t> ports;         ///< remote << 16 | local
    std::atomic<std::uint32_t> flags;         ///< live_record, inbound_record; 0: free
    std::atomic<std::uint32_t> next_in_hash;  ///< or the next free one
    std::atomic<std::uint32_t> next_on_port;
    std::array<std::uint64_t, 3> reserved;
};
static_assert(sizeof(connection_record) == 64);
inline constexpr std::uint32_t live_record = 1;
inline constexpr std::uint32_t inbound_record = 2;

/// What comes before the records: the heads of the chains.
struct table_heads {
    std::atomic<std::uint32_t> sequence;  ///< odd while the table is being changed
    std::atomic<std::uint32_t> fresh;     ///< records that have ever been in use
    std::atomic<std::uint32_t> free;      ///< the first of those free again
    std::atomic<std::uint32_t> live;      ///< entries there are
    std::array<std::uint32_t, 1020> reserved;
    std::array<std::atomic<std::uint32_t>, 64 * port_word_count> by_port;
    // followed by one std::atomic<std::uint32_t> per record: the heads by hash
};
static_assert(sizeof(table_heads) == 4096 + 262144);

/// Bytes of a table with so many records, for which is_table_size() holds.
constexpr std::size_t table_bytes(std::uint32_t records) {
    return sizeof(table_heads) + records * (sizeof(std::uint32_t) + sizeof(connection_record));
}

/// The truth is in the live records: chains and counts can be made anew from them, so a crash
/// between any two writes costs nothing. (Open addressing would move entries when one is removed,
/// and a crash within a move duplicates or loses one.) All but find() under the DVIPA's lock.
class connection_table {
  public:
    /// `base`: table_bytes(records) bytes, zeroed when made. `buckets` is for tests of collisions.
    connection_table(void* base, std::uint32_t records, std::uint64_t hash_key,
                     std::uint32_t buckets = 0);

    table_value value(table_entry const& entry) const;
    /// False if the table is full; no owners: the entry goes.
    bool set_value(table_entry const& entry, table_value const& value, stepwise& steps);
    /// Entries on the port that the stack owns, inbound ones aside; counted to 2.
    std::uint32_t uses(std::uint16_t slot, std::uint16_t port) const;
    std::vector<table_row> entries(std::uint64_t slots) const;
    std::uint32_t size() const { return heads_.live.load(std::memory_order_relaxed); }
    void repair();

    /// Without the lock: nothing if the table was being changed at each try.
    std::optional<table_value> find(table_entry const& entry) const;

  private:
    connection_record* record(std::uint32_t number) const;
    std::atomic<std::uint32_t>& bucket(table_entry const& entry) const;
    std::uint32_t number_of(table_entry const& entry) const;
    std::uint32_t take_record(stepwise& steps);
    bool insert(table_entry const& entry, table_value const& value, stepwise& steps);
    void erase(std::uint32_t number, table_entry const& entry, stepwise& steps);

    table_heads& heads_;
    std::atomic<std::uint32_t>* by_hash_;
    connection_record* records_;
    std::uint32_t count_;
    std::uint32_t mask_;
    std::uint64_t key_;
};

}  // namespace cf::shared_memory
