#include "cf/step/connections.hpp"

#include "cf/step/cursor.hpp"
#include "cf/step/uses.hpp"

#include <array>
#include <memory>
#include <optional>

namespace cf::step::connections {

namespace {

constexpr std::uint64_t bit(std::uint16_t slot) {
    return std::uint64_t{1} << slot;
}

// The port-use structure follows the table: a port is held by whoever has an entry on it.
void hold(view& structures, std::uint16_t me, std::uint16_t port) {
    auto const word = word_of(port);
    auto const mine = structures.held(me, word);
    if ((mine & bit_of(port)) != 0) return;
    structures.set_held(me, word, mine | bit_of(port));
    recount(structures, word, bit_of(port));
}

void let_go(view& structures, std::uint16_t slot, std::uint16_t port) {
    if (structures.uses(slot, port) == 0 &&
        (structures.held(slot, word_of(port)) & bit_of(port)) != 0)
        end_uses(structures, word_of(port), {.slot = slot, .held = bit_of(port)});
}

bool is_served(view& structures, std::uint16_t port) {
    auto const holder = structures.holder(port);
    if (holder != held_by_several) return holder == held_as_service;
    bool served = false;
    for_each_bit(structures.users(), [&](int slot) {
        served |= (structures.served(static_cast<std::uint16_t>(slot), word_of(port)) &
                   bit_of(port)) != 0;
    });
    return served;
}

// A port that nobody uses is fine for any destination; another one unless it is bound, served, or
// the very connection exists.
bool is_available(view& structures, std::uint16_t port, destination const& to) {
    if ((structures.first(word_of(port)) & bit_of(port)) == 0) return true;
    if (to == destination{} || is_served(structures, port)) return false;
    return structures.value({port, {}}).owners == 0 && structures.value({port, to}).owners == 0;
}

// By what is known without asking; what it passes over costs nothing.
bool seems_available(view& structures, std::uint16_t port, destination const& to) {
    if ((structures.first_hint(word_of(port)) & bit_of(port)) == 0) return true;
    return to != destination{} && structures.value_hint({port, {}}).owners == 0 &&
           structures.value_hint({port, to}).owners == 0;
}

void take_away(view& structures, std::uint16_t slot, table_row const& row) {
    auto left = row.value;
    left.owners &= ~bit(slot);
    (void)structures.set_value(row.entry, left);  // makes no entry, so needs no space
}

}  // namespace

outcome<std::uint16_t> allocate(view& structures, std::uint16_t me, destination const& to,
                                port_words const& excluded, std::uint64_t random) {
    std::optional<std::uint16_t> found;
    auto const search = [&](auto&& is_worth_a_look) {
        for_each_port_from(structures.cursor(), excluded, [&](std::uint16_t port) {
            if (is_worth_a_look(port) && is_available(structures, port, to)) found = port;
            return !found;
        });
    };
    search([&](std::uint16_t port) { return seems_available(structures, port, to); });
    // A search that finds nothing has to have looked at the entries themselves.
    if (!found) search([](std::uint16_t) { return true; });
    if (!found) return error::exhausted;
    if (!structures.set_value({*found, to}, {.owners = bit(me)})) return error::full;
    hold(structures, me, *found);
    structures.set_cursor(advance(*found, excluded, random));
    return *found;
}

outcome<> add(view& structures, std::uint16_t me, table_entry const& entry, bool inbound) {
    auto known = structures.value(entry);
    if ((known.owners & bit(me)) == 0) {
        known.owners |= bit(me);
        known.inbound = inbound;
        if (!structures.set_value(entry, known)) return error::full;
    }
    if (!inbound) hold(structures, me, entry.port);
    return {};
}

void remove(view& structures, std::uint16_t me, table_entry const& entry) {
    auto const known = structures.value(entry);
    if ((known.owners & bit(me)) == 0) return;
    take_away(structures, me, {entry, known});
    let_go(structures, me, entry.port);
}

outcome<> note(view& structures, std::uint16_t me, std::span<connection_note const> notes) {
    auto const settings = structures.settings();
    bool const kept = settings.form == structure_form::hashtable &&
                      settings.state != sharing_state::off && (structures.users() >> me & 1U) != 0;
    if (!kept) return {};
    outcome<> all{};
    for (auto const& each : notes) {
        if (each.ended)
            remove(structures, me, each.entry);
        else if (auto added = add(structures, me, each.entry, each.inbound); !added)
            all = added;
    }
    return all;
}

void remove_all(view& structures, std::uint16_t slot) {
    for (auto const& row : structures.entries(bit(slot)))
        take_away(structures, slot, row);
}

void repair(view& structures) {
    std::array<std::unique_ptr<port_words>, slot_count> held;
    for (auto const& row : structures.entries(structures.users())) {
        if (row.value.inbound) continue;
        for_each_bit(row.value.owners & structures.users(), [&](int slot) {
            auto& ports = held[static_cast<std::size_t>(slot)];
            if (!ports) ports = std::make_unique<port_words>();
            insert(*ports, row.entry.port);
        });
    }
    for_each_bit(structures.users(), [&](int bit) {
        auto const slot = static_cast<std::uint16_t>(bit);
        for (std::size_t word = 0; word < port_word_count; ++word) {
            auto const ports = held[slot] ? (*held[slot])[word] : 0;
            if (structures.held(slot, word) != ports) structures.set_held(slot, word, ports);
        }
    });
}

}  // namespace cf::step::connections
