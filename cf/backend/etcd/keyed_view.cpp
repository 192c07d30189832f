#include "cf/backend/etcd/keyed_view.hpp"

#include "cf/ports.hpp"
#include "cf/step/uses.hpp"

#include <utility>

namespace cf::etcd {

keyed_view::keyed_view(copy const& from, key_names const& names, cf::dvipa const& of,
                       std::uint64_t fetched, std::uint16_t& cursor)
    : from_(from), names_(names), of_(of), fetched_(fetched), cursor_(cursor) {
    record_ = obtain<dvipa_record>(names_.dvipa(of_));
}

keyed_view::keyed_view(copy const& from, key_names const& names, cf::dvipa const& of,
                       std::uint16_t& cursor)
    : keyed_view(from, names, of, ~std::uint64_t{0}, cursor) {
    complete_ = true;
}

template <class Value>
keyed_view::unit<Value> keyed_view::obtain(std::string key) {
    auto found = from_.find(key);
    unit<Value> made{std::move(key), std::move(found.value), {}};
    reads_.push_back({.key = made.key, .at = found.modified});
    if (found.modified != 0 && !decode(made.before, made.now)) throw damaged{made.key};
    return made;
}

first_word& keyed_view::first_at(std::size_t word) {
    auto found = firsts_.find(word);
    if (found == firsts_.end())
        found = firsts_.emplace(word, obtain<first_word>(names_.first(of_, word))).first;
    return found->second.now;
}

std::uint64_t keyed_view::first_hint(std::size_t word) {
    if (firsts_.contains(word)) return first(word);
    auto const found = from_.find(names_.first(of_, word));
    first_word seen;
    if (found.modified != 0 && !decode(found.value, seen)) throw damaged{found.key};
    return seen.in_use;
}

second_word& keyed_view::second_at(std::uint16_t slot, std::size_t word) {
    auto place = slot * port_word_count + word;
    auto found = seconds_.find(place);
    if (found == seconds_.end()) {
        if ((fetched_ >> slot & 1U) == 0) throw not_obtained{slot};
        found = seconds_.emplace(place, obtain<second_word>(names_.second(of_, slot, word))).first;
    }
    return found->second.now;
}

link_word& keyed_view::links_at(std::size_t word) {
    auto found = links_.find(word);
    if (found == links_.end())
        found = links_.emplace(word, obtain<link_word>(names_.links(of_, word))).first;
    return found->second.now;
}

keyed_view::unit<table_value>& keyed_view::row_at(table_entry const& entry) {
    auto found = rows_.find(entry);
    if (found == rows_.end())
        found = rows_.emplace(entry, obtain<table_value>(names_.entry(of_, entry))).first;
    return found->second;
}

table_value keyed_view::value_hint(table_entry const& entry) {
    if (rows_.contains(entry)) return value(entry);
    auto const found = from_.find(names_.entry(of_, entry));
    table_value seen;
    if (found.modified != 0 && !decode(found.value, seen)) throw damaged{found.key};
    return seen;
}

// The counts of uses follow from the entries.
bool keyed_view::set_value(table_entry const& entry, table_value const& value) {
    auto& row = row_at(entry);
    auto const before = row.now.inbound ? 0 : row.now.owners;
    auto const after = value.inbound ? 0 : value.owners;
    step::for_each_bit(before ^ after, [&](int bit) {
        auto& uses =
            second_at(static_cast<std::uint16_t>(bit), word_of(entry.port)).uses[entry.port % 64U];
        uses = (after >> bit & 1U) != 0 ? uses + 1 : uses - 1;
    });
    row.now = value;
    return true;
}

std::uint32_t keyed_view::entry_count() {
    return static_cast<std::uint32_t>(from_.under(names_.entries(of_)).size());
}

std::vector<table_row> keyed_view::entries(std::uint64_t slots) {
    if (!complete_) throw all_needed{};
    std::vector<table_row> all;
    auto const range = names_.entries(of_);
    for (auto const& each : from_.under(range)) {
        auto const entry = entry_named(std::string_view(each.key).substr(range.first.size()));
        if (!entry) throw damaged{each.key};
        auto const& value = row_at(*entry).now;
        if ((value.owners & slots) != 0) all.push_back({*entry, value});
    }
    return all;
}

holder_code keyed_view::holder(std::uint16_t port) {
    return first_at(word_of(port)).holders[port % 64U];
}

void keyed_view::set_holder(std::uint16_t port, holder_code code) {
    first_at(word_of(port)).holders[port % 64U] = code;
}

bool keyed_view::add_user(std::uint16_t slot) {
    record_.now.users |= std::uint64_t{1} << slot;
    return true;
}

void keyed_view::remove_user(std::uint16_t slot) {
    record_.now.users &= ~(std::uint64_t{1} << slot);
    record_.now.backfilled[slot] = 0;
}

template <class Value>
void keyed_view::add_change(unit<Value> const& one, std::vector<write>& to) {
    auto after = is_empty(one.now) ? std::string() : encode(one.now);
    if (after == one.before) return;
    to.push_back({one.key, after.empty() ? std::nullopt : std::optional(std::move(after))});
}

std::vector<write> keyed_view::writes() const {
    std::vector<write> all;
    for (auto const& [place, one] : seconds_)
        add_change(one, all);
    for (auto const& [entry, one] : rows_)
        add_change(one, all);
    for (auto const& [word, one] : links_)
        add_change(one, all);
    for (auto const& [word, one] : firsts_)
        add_change(one, all);
    bool unknown = record_.before.empty() && record_.now == dvipa_record{};
    if (!unknown) add_change(record_, all);
    return all;
}

std::vector<keyed_view::added_ports> keyed_view::added(std::uint16_t slot) const {
    std::vector<added_ports> all;
    for (auto const& [place, one] : seconds_) {
        if (place / port_word_count != slot) continue;
        second_word before;
        if (!one.before.empty() && !decode(one.before, before)) continue;
        second_word const ports{.held = one.now.held & ~before.held,
                                .served = one.now.served & ~before.served};
        if (!is_empty(ports)) all.push_back({place % port_word_count, ports});
    }
    return all;
}

std::vector<table_entry> keyed_view::added_entries(std::uint16_t slot) const {
    std::vector<table_entry> all;
    for (auto const& [entry, one] : rows_) {
        table_value before;
        if (!one.before.empty() && !decode(one.before, before)) continue;
        if ((one.now.owners & ~before.owners) >> slot & 1U) all.push_back(entry);
    }
    return all;
}

}  // namespace cf::etcd
