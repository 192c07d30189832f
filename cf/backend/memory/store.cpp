#include "cf/backend/memory/store.hpp"

#include "cf/structure/settings_words.hpp"

namespace cf::memory {

char const* name_of(key_kind kind) {
    switch (kind) {
        case key_kind::settings:
            return "settings";
        case key_kind::set_by:
            return "set-by";
        case key_kind::cursor:
            return "cursor";
        case key_kind::first:
            return "first";
        case key_kind::holder:
            return "holder";
        case key_kind::users:
            return "users";
        case key_kind::held:
            return "held";
        case key_kind::served:
            return "served";
        case key_kind::backfilled:
            return "backfilled";
        case key_kind::link:
            return "link";
        case key_kind::entry:
            return "entry";
        case key_kind::owner:
            return "owner";
    }
    return "?";
}

std::uint64_t store::read(store_key key) const {
    auto found = values_.find(key.packed());
    return found == values_.end() ? 0 : found->second;
}

void store::apply(store_write const& write) {
    if (write.key.kind != key_kind::entry)
        values_[write.key.packed()] = write.value;
    else if (write.row.value.owners == 0)
        connections_.erase(write.row.entry);
    else
        connections_[write.row.entry] = write.row.value;
}

std::uint64_t recording_view::read(store_key key) {
    if (auto mine = written_.find(key.packed()); mine != written_.end()) return mine->second;
    auto [place, added] = read_.try_emplace(key.packed(), 0);
    if (added) place->second = contents_.read(key);
    return place->second;
}

void recording_view::write(store_key key, std::uint64_t value) {
    written_[key.packed()] = value;
    writes_.push_back({key, value});
}

dvipa_settings recording_view::settings() {
    return from_words({.set_by = read({key_kind::set_by}), .main = read({key_kind::settings})});
}

void recording_view::set_settings(dvipa_settings const& settings) {
    auto words = to_words(settings);
    write({key_kind::set_by}, words.set_by);
    write({key_kind::settings}, words.main);
}

dvipa_owner recording_view::owner() {
    return owner_from_word(read({key_kind::owner}));
}

void recording_view::set_owner(dvipa_owner const& owner) {
    write({key_kind::owner}, to_word(owner));
}

std::uint16_t recording_view::cursor() {
    return static_cast<std::uint16_t>(read({key_kind::cursor}));
}

void recording_view::set_cursor(std::uint16_t port) {
    write({key_kind::cursor}, port);
}

std::uint64_t recording_view::first(std::size_t word) {
    return read({key_kind::first, 0, static_cast<std::uint32_t>(word)});
}

void recording_view::set_first(std::size_t word, std::uint64_t in_use) {
    write({key_kind::first, 0, static_cast<std::uint32_t>(word)}, in_use);
}

holder_code recording_view::holder(std::uint16_t port) {
    return static_cast<holder_code>(read({key_kind::holder, 0, port}));
}

void recording_view::set_holder(std::uint16_t port, holder_code code) {
    write({key_kind::holder, 0, port}, code);
}

list_link recording_view::link(std::uint16_t port) {
    return list_link::unpacked(static_cast<std::uint32_t>(read({key_kind::link, 0, port})));
}

void recording_view::set_link(std::uint16_t port, list_link link) {
    write({key_kind::link, 0, port}, link.packed());
}

table_value recording_view::value(table_entry const& entry) {
    if (auto mine = connections_written_.find(entry); mine != connections_written_.end())
        return mine->second;
    auto found = contents_.connections().find(entry);
    return found == contents_.connections().end() ? table_value{} : found->second;
}

bool recording_view::set_value(table_entry const& entry, table_value const& value) {
    connections_written_[entry] = value;
    writes_.push_back({{key_kind::entry}, value.owners, {entry, value}});
    return true;
}

// Rows from `from` on, until visit returns false; own writes hide what is stored.
template <class Visit>
void recording_view::each_row(table_entry const& from, Visit&& visit) const {
    auto const& stored = contents_.connections();
    for (auto at = stored.lower_bound(from); at != stored.end(); ++at) {
        if (connections_written_.contains(at->first)) continue;
        if (!visit(table_row{at->first, at->second})) break;
    }
    auto const& mine = connections_written_;
    for (auto at = mine.lower_bound(from); at != mine.end(); ++at)
        if (at->second.owners != 0 && !visit(table_row{at->first, at->second})) break;
}

std::uint32_t recording_view::uses(std::uint16_t slot, std::uint16_t port) {
    std::uint32_t count = 0;
    each_row({port, {}}, [&](table_row const& row) {
        if (row.entry.port != port) return false;
        if (!row.value.inbound && (row.value.owners >> slot & 1U) != 0) ++count;
        return true;
    });
    return count;
}

std::uint32_t recording_view::entry_count() {
    return static_cast<std::uint32_t>(entries(~std::uint64_t{0}).size());
}

std::vector<table_row> recording_view::entries(std::uint64_t slots) {
    std::vector<table_row> rows;
    each_row({}, [&](table_row const& row) {
        if ((row.value.owners & slots) != 0) rows.push_back(row);
        return true;
    });
    return rows;
}

std::uint64_t recording_view::users() {
    return read({key_kind::users});
}

bool recording_view::add_user(std::uint16_t slot) {
    write({key_kind::users}, users() | std::uint64_t{1} << slot);
    return true;
}

void recording_view::remove_user(std::uint16_t slot) {
    write({key_kind::users}, users() & ~(std::uint64_t{1} << slot));
}

std::uint64_t recording_view::held(std::uint16_t slot, std::size_t word) {
    return read({key_kind::held, slot, static_cast<std::uint32_t>(word)});
}

void recording_view::set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    write({key_kind::held, slot, static_cast<std::uint32_t>(word)}, ports);
}

std::uint64_t recording_view::served(std::uint16_t slot, std::size_t word) {
    return read({key_kind::served, slot, static_cast<std::uint32_t>(word)});
}

void recording_view::set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    write({key_kind::served, slot, static_cast<std::uint32_t>(word)}, ports);
}

std::uint32_t recording_view::backfilled(std::uint16_t slot) {
    return static_cast<std::uint32_t>(read({key_kind::backfilled, slot}));
}

void recording_view::set_backfilled(std::uint16_t slot, std::uint32_t generation) {
    write({key_kind::backfilled, slot}, generation);
}

}  // namespace cf::memory
