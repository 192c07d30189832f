#include "cf/step/backfill.hpp"

#include "cf/step/uses.hpp"

namespace cf::step {

outcome<> backfill(view& structures, std::uint16_t me, port_words const& ports,
                   port_words const& services) {
    auto settings = structures.settings();
    if (settings.state != sharing_state::enabling && settings.state != sharing_state::on)
        return error::not_shared;
    if ((structures.users() >> me & 1U) == 0 && !structures.add_user(me)) return error::unavailable;

    for (std::size_t word = 0; word < port_word_count; ++word) {
        auto added = ports[word] | services[word];
        if (added == 0) continue;
        if (ports[word] != 0)
            structures.set_held(me, word, structures.held(me, word) | ports[word]);
        if (services[word] != 0)
            structures.set_served(me, word, structures.served(me, word) | services[word]);
        recount(structures, word, added);
    }
    structures.set_backfilled(me, settings.generation);
    return {};
}

}  // namespace cf::step
