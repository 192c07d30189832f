// The structures of one DVIPA as keys of etcd: what an update has read, and what it wants written.
#pragma once

#include "cf/backend/etcd/copy.hpp"
#include "cf/backend/etcd/keys.hpp"
#include "cf/backend/etcd/transaction.hpp"
#include "cf/backend/etcd/values.hpp"
#include "cf/structure/view.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cf::etcd {

/// Thrown out of a revise function that reads a second structure which has not been fetched.
struct not_obtained {
    std::uint16_t slot = 0;
};

/// Thrown out of a revise function that needs all keys of the structures, as of one revision.
struct all_needed {};

/// Thrown when a value is not one of this version.
struct damaged {
    std::string key;
};

/// Reads the copy, and keeps what it read and wrote to itself.
class keyed_view final : public view {
  public:
    /// `fetched`: bit per slot whose second structure is in the copy. `cursor`: this stack's own, a
    /// hint.
    keyed_view(copy const& from, key_names const& names, cf::dvipa const& of, std::uint64_t fetched,
               std::uint16_t& cursor);
    /// On a copy in which all keys are there, of one revision, or recent enough to look at.
    keyed_view(copy const& from, key_names const& names, cf::dvipa const& of,
               std::uint16_t& cursor);

    /// The keys read, as they were.
    std::vector<compare> const& reads() const { return reads_; }
    /// The keys whose values are other than before, the settings last.
    std::vector<write> writes() const;
    dvipa_record const& record() const { return record_.now; }
    /// Takes the mark of an update of several transactions away.
    void end_revising() { record_.now.revising.reset(); }
    /// Ports of a stack that the writes add to its second structure.
    struct added_ports {
        std::size_t word = 0;
        second_word ports;
    };
    std::vector<added_ports> added(std::uint16_t slot) const;
    /// Entries of which the writes make a stack an owner.
    std::vector<table_entry> added_entries(std::uint16_t slot) const;

    dvipa_settings settings() override { return record_.now.settings; }
    void set_settings(dvipa_settings const& settings) override { record_.now.settings = settings; }
    dvipa_owner owner() override { return record_.now.owner; }
    void set_owner(dvipa_owner const& owner) override { record_.now.owner = owner; }
    std::uint16_t cursor() override { return cursor_; }
    void set_cursor(std::uint16_t port) override { cursor_ = port; }
    std::uint64_t first(std::size_t word) override { return first_at(word).in_use; }
    std::uint64_t first_hint(std::size_t word) override;
    void set_first(std::size_t word, std::uint64_t in_use) override {
        first_at(word).in_use = in_use;
    }
    holder_code holder(std::uint16_t port) override;
    void set_holder(std::uint16_t port, holder_code code) override;
    bool prepare(structure_form) override { return true; }
    list_link link(std::uint16_t port) override { return links_at(port / 64U).links[port % 64U]; }
    void set_link(std::uint16_t port, list_link link) override {
        links_at(port / 64U).links[port % 64U] = link;
    }
    table_value value(table_entry const& entry) override { return row_at(entry).now; }
    table_value value_hint(table_entry const& entry) override;
    bool set_value(table_entry const& entry, table_value const& value) override;
    std::uint32_t uses(std::uint16_t slot, std::uint16_t port) override {
        return second_at(slot, port / 64U).uses[port % 64U];
    }
    std::uint32_t entry_count() override;
    std::vector<table_row> entries(std::uint64_t slots) override;
    std::uint64_t users() override { return record_.now.users; }
    bool add_user(std::uint16_t slot) override;
    void remove_user(std::uint16_t slot) override;
    std::uint64_t held(std::uint16_t slot, std::size_t word) override {
        return second_at(slot, word).held;
    }
    void set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) override {
        second_at(slot, word).held = ports;
    }
    std::uint64_t served(std::uint16_t slot, std::size_t word) override {
        return second_at(slot, word).served;
    }
    void set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) override {
        second_at(slot, word).served = ports;
    }
    std::uint32_t backfilled(std::uint16_t slot) override { return record_.now.backfilled[slot]; }
    void set_backfilled(std::uint16_t slot, std::uint32_t generation) override {
        record_.now.backfilled[slot] = generation;
    }

  private:
    template <class Value>
    struct unit {
        std::string key;
        std::string before;  ///< the bytes; empty: no such key
        Value now;
    };
    template <class Value>
    unit<Value> obtain(std::string key);
    template <class Value>
    static void add_change(unit<Value> const& one, std::vector<write>& to);
    first_word& first_at(std::size_t word);
    second_word& second_at(std::uint16_t slot, std::size_t word);
    link_word& links_at(std::size_t word);
    unit<table_value>& row_at(table_entry const& entry);

    copy const& from_;
    key_names const& names_;
    cf::dvipa of_;
    std::uint64_t fetched_;
    bool complete_ = false;
    std::uint16_t& cursor_;
    std::vector<compare> reads_;
    unit<dvipa_record> record_;
    boost::unordered_flat_map<std::size_t, unit<first_word>> firsts_;
    boost::unordered_flat_map<std::size_t, unit<second_word>> seconds_;  ///< by slot and word
    boost::unordered_flat_map<std::size_t, unit<link_word>> links_;
    std::map<table_entry, unit<table_value>> rows_;
};

}  // namespace cf::etcd
