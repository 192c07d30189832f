#include "cf/step/serve.hpp"

#include "cf/ports.hpp"
#include "cf/step/connections.hpp"
#include "cf/step/permission.hpp"
#include "cf/step/uses.hpp"

namespace cf::step {

namespace {

bool is_source_port_of_others(view& structures, std::uint16_t me, std::uint16_t port) {
    bool found = false;
    for_each_bit(structures.users() & ~(std::uint64_t{1} << me), [&](int slot) {
        found |=
            (structures.held(static_cast<std::uint16_t>(slot), word_of(port)) & bit_of(port)) != 0;
    });
    return found;
}

}  // namespace

outcome<> serve(view& structures, std::uint16_t me, std::uint16_t port) {
    if (auto permission = may_take(structures, me); !permission) return permission.error();
    if (is_source_port_of_others(structures, me, port)) return error::in_use;

    auto word = word_of(port);
    auto served = structures.served(me, word);
    auto held = structures.held(me, word) & bit_of(port);
    if ((served & bit_of(port)) == 0) structures.set_served(me, word, served | bit_of(port));
    if (structures.settings().form == structure_form::hashtable)
        connections::remove(structures, me, {port, {}});
    else if (held != 0)
        return end_uses(structures, word, {.slot = me, .held = held}), outcome<>();
    recount(structures, word, bit_of(port));
    return {};
}

void unserve(view& structures, std::uint16_t me, std::uint16_t port) {
    if ((structures.users() >> me & 1U) == 0) return;
    auto word = word_of(port);
    if ((structures.served(me, word) & bit_of(port)) == 0) return;
    end_uses(structures, word, {.slot = me, .served = bit_of(port)});
}

}  // namespace cf::step
