// The names of a group's keys in etcd.
#pragma once

#include "cf/backend/etcd/transaction.hpp"
#include "cf/dvipa.hpp"
#include "cf/structure/table_entry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cf::etcd {

/// All keys of one group (a sysplex and its XCFGRPID) begin with /tcpplex/GROUP/:
///
///     d/DVIPA             its settings, users and back-fills
///     e/STACK             the stack as a member, and its epoch: the revision of its last change
///     f/DVIPA/PORT        a word of the first structure: 64 ports from PORT on; absent: all free
///     g                   what the members know and nobody else: group_secret
///     h/DVIPA/PORT/TO     HASHTABLE: a connection to TO (ADDRESS..PORT), or * for a bound socket
///     i                   the last incarnation given
///     k/DVIPA/PORT        LIST: the links of 64 ports from PORT on
///     l/DVIPA/STACK       a place in the queue for the lock; leased
///     m/STACK             proof of life; leased
///     r/STACK             who recovers it; leased to the recoverer
///     s/DVIPA/SLOT/PORT   a word of a second structure; absent: nothing held or served
///     w/LEASE             the last transaction of a connection; leased
///
/// Every stack follows d to r; second structures are read where they are needed.
class key_names {
  public:
    explicit key_names(std::string const& group) : prefix_("/tcpplex/" + group + "/") {}

    key_range followed() const { return {prefix_ + "d/", prefix_ + "s/"}; }

    std::string dvipa(cf::dvipa const& of) const { return prefix_ + "d/" + of.to_string(); }
    std::string member(std::string const& stack) const { return prefix_ + "e/" + stack; }
    std::string first(cf::dvipa const& of, std::size_t word) const;
    std::string entry(cf::dvipa const& of, table_entry const& which) const;
    std::string secret() const { return prefix_ + "g"; }
    std::string links(cf::dvipa const& of, std::size_t word) const;
    std::string incarnations() const { return prefix_ + "i"; }
    std::string lock(cf::dvipa const& of, std::string const& stack) const;
    std::string life(std::string const& stack) const { return prefix_ + "m/" + stack; }
    std::string recovery(std::string const& stack) const { return prefix_ + "r/" + stack; }
    std::string second(cf::dvipa const& of, std::uint16_t slot, std::size_t word) const;
    std::string sequence(lease_id lease) const;

    key_range dvipas() const { return under("d/"); }
    key_range members() const { return under("e/"); }
    key_range lives() const { return under("m/"); }
    key_range firsts(cf::dvipa const& of) const { return under("f/" + of.to_string() + "/"); }
    key_range entries(cf::dvipa const& of) const { return under("h/" + of.to_string() + "/"); }
    key_range links(cf::dvipa const& of) const { return under("k/" + of.to_string() + "/"); }
    key_range locks(cf::dvipa const& of) const { return under("l/" + of.to_string() + "/"); }
    key_range seconds(cf::dvipa const& of) const { return under("s/" + of.to_string() + "/"); }
    key_range seconds(cf::dvipa const& of, std::uint16_t slot) const;

    /// The kind of a key, "d" for settings and so on; 0: not of this group.
    char kind_of(std::string_view key) const;
    /// What stands behind the kind: DVIPA, stack or path.
    std::string_view name_in(std::string_view key) const;

  private:
    key_range under(std::string const& path) const;

    std::string prefix_;
};

/// The entry of the last two parts of a key as key_names writes them, PORT/TO.
std::optional<table_entry> entry_named(std::string_view name);

/// The DVIPA of a name as key_names writes it.
std::optional<dvipa> dvipa_named(std::string_view name);

}  // namespace cf::etcd
