// The structures of one DVIPA as keys and words, with changes that are first recorded, then
// applied.
#pragma once

#include "cf/structure/view.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace cf::memory {

/// What a key is about; the unit in which a store of keys would keep it.
enum class key_kind : std::uint8_t {
    settings,
    set_by,
    cursor,
    first,
    holder,
    users,
    held,
    served,
    backfilled,
    link,
    entry,
    owner
};
char const* name_of(key_kind kind);

/// kind, slot and word or port in one number.
struct store_key {
    key_kind kind = key_kind::settings;
    std::uint16_t slot = 0;
    std::uint32_t index = 0;

    constexpr std::uint64_t packed() const {
        return static_cast<std::uint64_t>(kind) << 56U | static_cast<std::uint64_t>(slot) << 32U |
               index;
    }
    friend constexpr bool operator==(store_key const&, store_key const&) = default;
};

struct store_write {
    store_key key;
    std::uint64_t value = 0;  ///< of an entry: its owners
    table_row row{};          ///< key_kind::entry only
    friend constexpr bool operator==(store_write const&, store_write const&) = default;
};

using connection_map = std::map<table_entry, table_value>;

/// A key that is absent has the value 0.
class store {
  public:
    std::uint64_t read(store_key key) const;
    connection_map const& connections() const { return connections_; }
    void apply(store_write const& write);

  private:
    boost::unordered_flat_map<std::uint64_t, std::uint64_t> values_;
    connection_map connections_;
};

/// A view that records every key read and every write, in order, and shows its own writes.
class recording_view final : public view {
  public:
    explicit recording_view(store const& contents) : contents_(contents) {}

    std::vector<store_write> const& writes() const { return writes_; }
    /// Number of different keys read: what a transaction would have to compare.
    std::size_t keys_read() const { return read_.size(); }

    dvipa_settings settings() override;
    void set_settings(dvipa_settings const& settings) override;
    dvipa_owner owner() override;
    void set_owner(dvipa_owner const& owner) override;
    std::uint16_t cursor() override;
    void set_cursor(std::uint16_t port) override;
    std::uint64_t first(std::size_t word) override;
    void set_first(std::size_t word, std::uint64_t in_use) override;
    holder_code holder(std::uint16_t port) override;
    void set_holder(std::uint16_t port, holder_code code) override;
    bool prepare(structure_form) override { return true; }
    list_link link(std::uint16_t port) override;
    void set_link(std::uint16_t port, list_link link) override;
    table_value value(table_entry const& entry) override;
    bool set_value(table_entry const& entry, table_value const& value) override;
    std::uint32_t uses(std::uint16_t slot, std::uint16_t port) override;
    std::uint32_t entry_count() override;
    std::vector<table_row> entries(std::uint64_t slots) override;
    std::uint64_t users() override;
    bool add_user(std::uint16_t slot) override;
    void remove_user(std::uint16_t slot) override;
    std::uint64_t held(std::uint16_t slot, std::size_t word) override;
    void set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) override;
    std::uint64_t served(std::uint16_t slot, std::size_t word) override;
    void set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) override;
    std::uint32_t backfilled(std::uint16_t slot) override;
    void set_backfilled(std::uint16_t slot, std::uint32_t generation) override;

  private:
    std::uint64_t read(store_key key);
    void write(store_key key, std::uint64_t value);
    template <class Visit>
    void each_row(table_entry const& from, Visit&& visit) const;

    store const& contents_;
    boost::unordered_flat_map<std::uint64_t, std::uint64_t> read_;
    boost::unordered_flat_map<std::uint64_t, std::uint64_t> written_;
    connection_map connections_written_;  // with no owners: gone
    std::vector<store_write> writes_;
};

}  // namespace cf::memory
