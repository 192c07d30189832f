// The values of a group's keys in etcd: bytes whose first says how to read the rest.
#pragma once

#include "cf/group/member.hpp"
#include "cf/group/secret.hpp"
#include "cf/ports.hpp"
#include "cf/structure/holder.hpp"
#include "cf/structure/list_link.hpp"
#include "cf/structure/ownership.hpp"
#include "cf/structure/settings.hpp"
#include "cf/structure/table_entry.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace cf::etcd {

/// One incarnation, where its names do not matter.
struct incarnation_in_slot {
    std::uint16_t slot = 0;
    std::uint32_t incarnation = 0;
    friend bool operator==(incarnation_in_slot const&, incarnation_in_slot const&) = default;
};

/// Key d: what all stacks agree on about a DVIPA, who has a second structure, who has back-filled.
struct dvipa_record {
    dvipa_settings settings{};
    dvipa_owner owner{};
    std::uint64_t users = 0;                             ///< bit per slot
    std::array<std::uint32_t, slot_count> backfilled{};  ///< of users only
    /// In the middle of an update that is more than one transaction: nobody else reads or writes
    /// the structures, and if this incarnation has ended, the next one repairs them first.
    std::optional<incarnation_in_slot> revising{};
    friend bool operator==(dvipa_record const&, dvipa_record const&) = default;
};

/// Key f: which of 64 ports are in use, and beside each of those its holder.
struct first_word {
    std::uint64_t in_use = 0;
    std::array<holder_code, 64> holders{};
};

/// Key s.
struct second_word {
    std::uint64_t held = 0;
    std::uint64_t served = 0;
    /// HASHTABLE: how many entries each port has, inbound ones aside.
    std::array<std::uint32_t, 64> uses{};
    friend bool operator==(second_word const&, second_word const&) = default;
};

/// Key k: the links of 64 ports in the list of free ports.
struct link_word {
    std::array<list_link, 64> links{};
    friend bool operator==(link_word const&, link_word const&) = default;
};

/// Key e. Values are stored: never renumber.
struct member_record {
    enum class state : std::uint8_t { active = 0, fenced = 1, left = 2, recovered = 3 };
    state now = state::active;
    member who;
};

/// Of an empty structure: it has no key.
template <class Value>
bool is_empty(Value const&) {
    return false;
}
template <>
inline bool is_empty(first_word const& value) {
    return value.in_use == 0;
}
template <>
inline bool is_empty(second_word const& value) {
    return value == second_word{};
}
template <>
inline bool is_empty(link_word const& value) {
    return value == link_word{};
}
template <>
inline bool is_empty(table_value const& value) {
    return value.owners == 0;
}

std::string encode(dvipa_record const& value);
std::string encode(first_word const& value);
std::string encode(second_word const& value);
std::string encode(link_word const& value);
std::string encode(table_value const& value);  ///< key h
std::string encode(member_record const& value);
std::string encode(incarnation_in_slot const& value);
std::string encode(std::uint64_t number);
std::string encode(group_secret const& value);

/// False: the bytes are not such a value; `into` is then of no use. Any bytes may come.
bool decode(std::string const& bytes, dvipa_record& into);
bool decode(std::string const& bytes, first_word& into);
bool decode(std::string const& bytes, second_word& into);
bool decode(std::string const& bytes, link_word& into);
bool decode(std::string const& bytes, table_value& into);
bool decode(std::string const& bytes, member_record& into);
bool decode(std::string const& bytes, incarnation_in_slot& into);
bool decode(std::string const& bytes, std::uint64_t& into);
bool decode(std::string const& bytes, group_secret& into);

}  // namespace cf::etcd
