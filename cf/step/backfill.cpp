#include "cf/step/backfill.hpp"

#include "cf/step/connections.hpp"
#include "cf/step/uses.hpp"

#include <bit>

namespace cf::step {

namespace {

port_words source_ports(adoption const& uses) {
    auto ports = uses.bound;
    for (auto const& each : uses.connections)
        if (!each.inbound) insert(ports, each.entry.port);
    return ports;
}

void adopt_ports(view& structures, std::uint16_t me, port_words const& ports) {
    for (std::size_t word = 0; word < port_word_count; ++word) {
        if (ports[word] == 0) continue;
        structures.set_held(me, word, structures.held(me, word) | ports[word]);
        recount(structures, word, ports[word]);
    }
}

void adopt_services(view& structures, std::uint16_t me, port_words const& services) {
    for (std::size_t word = 0; word < port_word_count; ++word) {
        if (services[word] == 0) continue;
        structures.set_served(me, word, structures.served(me, word) | services[word]);
        recount(structures, word, services[word]);
    }
}

outcome<> adopt_connections(view& structures, std::uint16_t me, adoption const& uses) {
    for (auto const& each : uses.connections)
        if (auto added = connections::add(structures, me, each.entry, each.inbound); !added)
            return added;
    for (std::size_t word = 0; word < port_word_count; ++word)
        for (auto ports = uses.bound[word]; ports != 0; ports &= ports - 1) {
            table_entry const socket{port_of(word, std::countr_zero(ports)), {}};
            if (auto added = connections::add(structures, me, socket, false); !added) return added;
        }
    return {};
}

}  // namespace

outcome<> backfill(view& structures, std::uint16_t me, adoption const& uses) {
    auto const settings = structures.settings();
    if (settings.state != sharing_state::enabling && settings.state != sharing_state::on)
        return error::not_shared;
    if ((structures.users() >> me & 1U) == 0 && !structures.add_user(me)) return error::unavailable;

    adopt_services(structures, me, uses.services);
    if (settings.form == structure_form::hashtable) {
        if (auto added = adopt_connections(structures, me, uses); !added) return added;
    } else {
        adopt_ports(structures, me, source_ports(uses));
    }
    structures.set_backfilled(me, settings.generation);
    return {};
}

}  // namespace cf::step
