// The structures of one DVIPA as a step sees them: what it may read and write.
#pragma once

#include "cf/structure/holder.hpp"
#include "cf/structure/list_link.hpp"
#include "cf/structure/ownership.hpp"
#include "cf/structure/settings.hpp"
#include "cf/structure/table_entry.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cf {

/// Obtained and locked by the backend for the time of one revise function. A step decides from what
/// it reads here and nothing else (pure: run again on the same contents it does the same), decides
/// before it writes, and orders its writes so that a crash between any two leaves something that
/// repair() makes whole: the second structure before the first when a use begins, the first before
/// the second when it ends.
///
/// The units are the keys of a store: the settings; a word of the first structure with the holders
/// of its 64 ports; a word of one stack's second structure with its service ports; the mark of one
/// stack's back-fill; and, beside the word of the first structure, the links of its 64 ports
/// (LIST); an entry of the table (HASHTABLE). A backend that has to fetch keys ends the try by an
/// exception of its own when a key is read that it has not obtained, fetches it and runs the
/// function again; a backend that compares and swaps compares every key read and puts every key
/// written in one transaction. So a step keeps nothing between runs and lets exceptions pass. The
/// cursor is a hint and outside both sets.
class view {
  public:
    virtual dvipa_settings settings() = 0;
    virtual void set_settings(dvipa_settings const& settings) = 0;
    /// One word, which nothing else depends on: a crash leaves the old owner or the new one.
    virtual dvipa_owner owner() = 0;
    virtual void set_owner(dvipa_owner const& owner) = 0;

    /// Where the next search for a free port begins.
    virtual std::uint16_t cursor() = 0;
    virtual void set_cursor(std::uint16_t port) = 0;

    // The first structure: may a port be assigned, to anyone? 1 = in use.
    virtual std::uint64_t first(std::size_t word) = 0;
    /// The same, outside the read set: it may be a moment old. To pass words over in a search.
    virtual std::uint64_t first_hint(std::size_t word) { return first(word); }
    virtual void set_first(std::size_t word, std::uint64_t in_use) = 0;
    /// The code beside a port in use; beside a free port it means nothing. Written before the
    /// port's bit is set.
    virtual holder_code holder(std::uint16_t port) = 0;
    virtual void set_holder(std::uint16_t port, holder_code code) = 0;

    /// Makes space for what the form needs beyond bits and holders; false if there is none.
    virtual bool prepare(structure_form form) = 0;

    // Form LIST: the free ports as a chain. Port 0, which is never given, closes it to a ring: next
    // of 0 is the port free for longest, previous of 0 the one given back last. Of a port in use a
    // link means nothing.
    virtual list_link link(std::uint16_t port) = 0;
    virtual void set_link(std::uint16_t port, list_link link) = 0;

    // Form HASHTABLE: the connections. The table is what counts there: held() follows from it.
    /// All zero if there is no such entry.
    virtual table_value value(table_entry const& entry) = 0;
    /// As first_hint().
    virtual table_value value_hint(table_entry const& entry) { return value(entry); }
    /// No owners: the entry goes. False if the table is full; nothing is changed then.
    virtual bool set_value(table_entry const& entry, table_value const& value) = 0;
    /// How many entries on the port, inbound ones aside, the stack owns; a backend may stop
    /// counting at 2.
    virtual std::uint32_t uses(std::uint16_t slot, std::uint16_t port) = 0;
    /// Entries there are.
    virtual std::uint32_t entry_count() = 0;
    /// All entries of which one of the stacks in `slots` is an owner.
    virtual std::vector<table_row> entries(std::uint64_t slots) = 0;

    // The second structures: what does each stack incarnation hold, and serve?
    /// Bit s: the stack in slot s has a second structure here. Only of those may the functions
    /// below be called.
    virtual std::uint64_t users() = 0;
    /// Makes an empty second structure; false if there is no space for it.
    virtual bool add_user(std::uint16_t slot) = 0;
    /// The structure is empty, or sharing is off.
    virtual void remove_user(std::uint16_t slot) = 0;
    virtual std::uint64_t held(std::uint16_t slot, std::size_t word) = 0;
    virtual void set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) = 0;
    virtual std::uint64_t served(std::uint16_t slot, std::size_t word) = 0;
    virtual void set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) = 0;
    /// The generation of the settings for which the stack has back-filled; 0 if not, also for a
    /// stack without structure.
    virtual std::uint32_t backfilled(std::uint16_t slot) = 0;
    virtual void set_backfilled(std::uint16_t slot, std::uint32_t generation) = 0;

  protected:
    view() = default;
    ~view() = default;
    view(view const&) = default;
    view& operator=(view const&) = default;
};

/// A view, or a backend's own type of one: the steps that every connection pays for are templates,
/// and where the compiler knows the type their reads and writes are no calls.
template <class Type>
concept any_view = std::derived_from<Type, view>;

}  // namespace cf
