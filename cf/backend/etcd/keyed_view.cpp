#include "cf/backend/etcd/keyed_view.hpp"

#include "cf/ports.hpp"

#include <utility>

namespace cf::etcd {

keyed_view::keyed_view(copy const& from, key_names const& names, cf::dvipa const& of,
                       std::uint64_t fetched, std::uint16_t& cursor)
    : from_(from), names_(names), of_(of), fetched_(fetched), cursor_(cursor) {
    record_ = obtain<dvipa_record>(names_.dvipa(of_));
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
        second_word ports{one.now.held & ~before.held, one.now.served & ~before.served};
        if (!is_empty(ports)) all.push_back({place % port_word_count, ports});
    }
    return all;
}

}  // namespace cf::etcd
