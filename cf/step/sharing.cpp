#include "cf/step/sharing.hpp"

#include "cf/ports.hpp"
#include "cf/step/free_list.hpp"
#include "cf/step/uses.hpp"

namespace cf::step {

namespace {

void set_state(view& structures, sharing_state state) {
    auto settings = structures.settings();
    settings.state = state;
    structures.set_settings(settings);
}

std::uint64_t not_backfilled(view& structures, std::uint64_t members, std::uint32_t generation) {
    auto users = structures.users();
    std::uint64_t waiting = members & ~users;
    for_each_bit(members & users, [&](int slot) {
        if (structures.backfilled(static_cast<std::uint16_t>(slot)) != generation)
            waiting |= std::uint64_t{1} << slot;
    });
    return waiting;
}

bool any_source_port_held(view& structures) {
    bool any = false;
    for_each_bit(structures.users(), [&](int slot) {
        for (std::size_t word = 0; word < port_word_count && !any; ++word)
            any = structures.held(static_cast<std::uint16_t>(slot), word) != 0;
    });
    return any;
}

}  // namespace

outcome<dvipa_settings> begin_enable(view& structures, enable_request const& request) {
    auto settings = structures.settings();
    bool same = settings.form == request.sharing.form && settings.grain == request.sharing.grain;
    if (settings.state != sharing_state::off && !same) return error::disagree;
    if (settings.state == sharing_state::enabling || settings.state == sharing_state::on)
        return settings;

    if (!structures.prepare(request.sharing.form)) return error::unavailable;
    settings = {.state = sharing_state::enabling,
                .form = request.sharing.form,
                .grain = request.sharing.grain,
                .generation = settings.generation + 1,
                .set_by_slot = static_cast<std::uint8_t>(request.slot),
                .set_by_incarnation = request.incarnation,
                .first_port = request.sharing.first_port,
                .last_port = request.sharing.last_port};
    structures.set_settings(settings);
    if (settings.form == structure_form::list)
        free_list::make(structures, settings, request.random);
    return settings;
}

outcome<std::uint64_t> try_complete(view& structures, std::uint64_t members) {
    auto settings = structures.settings();
    if (settings.state == sharing_state::on) return 0;
    if (settings.state != sharing_state::enabling) return error::not_shared;
    auto waiting = not_backfilled(structures, members, settings.generation);
    if (waiting == 0) set_state(structures, sharing_state::on);
    return waiting;
}

std::uint64_t abandon(view& structures, std::uint64_t members) {
    auto settings = structures.settings();
    if (settings.state != sharing_state::enabling) return 0;
    auto waiting = not_backfilled(structures, members, settings.generation);
    switch_off(structures);
    return waiting;
}

void begin_disable(view& structures) {
    auto state = structures.settings().state;
    if (state == sharing_state::enabling) return switch_off(structures);
    if (state == sharing_state::on) set_state(structures, sharing_state::draining);
    finish_draining(structures);
}

bool end_draining(view& structures) {
    if (any_source_port_held(structures)) return false;
    switch_off(structures);
    return true;
}

void switch_off(view& structures) {
    set_state(structures, sharing_state::off);
    clear(structures);
}

void clear(view& structures) {
    if (structures.settings().form == structure_form::hashtable)
        for (auto const& row : structures.entries(~std::uint64_t{0}))
            (void)structures.set_value(row.entry, {});
    for (std::size_t word = 0; word < port_word_count; ++word)
        if (structures.first(word) != 0) structures.set_first(word, 0);
    for_each_bit(structures.users(), [&](int bit) {
        auto slot = static_cast<std::uint16_t>(bit);
        for (std::size_t word = 0; word < port_word_count; ++word) {
            if (structures.held(slot, word) != 0) structures.set_held(slot, word, 0);
            if (structures.served(slot, word) != 0) structures.set_served(slot, word, 0);
        }
        structures.set_backfilled(slot, 0);
        structures.remove_user(slot);
    });
}

}  // namespace cf::step
