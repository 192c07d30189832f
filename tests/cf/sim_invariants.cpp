#include "sim_invariants.hpp"

#include "cf/step/verify.hpp"

namespace cf::sim {

namespace {

void check_word(view& structures, std::size_t word) {
    std::uint64_t all = 0;
    for (std::uint16_t slot = 0; slot < slot_count; ++slot)
        if ((structures.users() >> slot & 1U) != 0)
            all |= structures.held(slot, word) | structures.served(slot, word);
    if (structures.first(word) != all)
        throw broken{"I1: the first structure is not the union of the second"};
    if (all != 0 && structures.settings().state == sharing_state::off)
        throw broken{"OFF with ports in use"};
}

// I5: the list of free ports has each free port once, and nothing else.
void check_list(view& structures, dvipa_settings const& settings) {
    std::uint32_t listed = 0, free = 0;
    for (unsigned p = settings.first_port; p <= settings.last_port; ++p)
        free += (structures.first(word_of(static_cast<std::uint16_t>(p))) &
                 bit_of(static_cast<std::uint16_t>(p))) == 0;
    std::uint16_t before = 0;
    for (auto port = structures.link(0).next; port != 0; port = structures.link(port).next) {
        if ((structures.first(word_of(port)) & bit_of(port)) != 0)
            throw broken{"I5: a port in use is in the list of free ports"};
        if (structures.link(port).previous != before || ++listed > free)
            throw broken{"I5: the list of free ports is not a chain"};
        before = port;
    }
    if (listed != free) throw broken{"I5: a free port is not in the list"};
}

void check_stack(view& structures, simulated_stack const& one) {
    auto expected = one.ports();
    auto slot = one.cf->self().slot;
    for (unsigned p = first_port; p <= last_port; ++p) {
        auto port = static_cast<std::uint16_t>(p);
        if (one.unreleased.count(port) != 0) continue;  // until its next update
        bool held = (structures.held(slot, word_of(port)) & bit_of(port)) != 0;
        bool served = (structures.served(slot, word_of(port)) & bit_of(port)) != 0;
        // A block's ports are held whether a connection uses them or not.
        bool const in_blocks = structures.settings().grain != 1;
        bool const used = expected.count(port) != 0;
        if (in_blocks ? used && !held : used != held)
            throw broken{one.name + " and the facility disagree about port " +
                         std::to_string(port)};
        if (served != (one.services.count(port) != 0))
            throw broken{one.name + " and the facility disagree about service port " +
                         std::to_string(port)};
    }
}

}  // namespace

void check_structures(view& structures, std::array<simulated_stack, stack_count> const& stacks,
                      bool every_word) {
    static_assert(word_of(first_port) == word_of(last_port));
    check_word(structures, word_of(first_port));
    for (std::size_t word = 0; every_word && word < port_word_count; ++word)
        check_word(structures, word);
    auto settings = structures.settings();
    if (settings.form == structure_form::list && settings.state != sharing_state::off)
        check_list(structures, settings);
    if (settings.state != sharing_state::on) return;
    for (auto const& one : stacks)
        if (one.cf && structures.backfilled(one.cf->self().slot) == settings.generation)
            check_stack(structures, one);
}

void verify_structures(memory::backend& oracle) {
    step::group_slots group;
    for (auto const& one : oracle.members()) {
        group.members |= std::uint64_t{1} << one.slot;
        group.recovery_due |= !oracle.alive(one);
    }
    std::vector<step::finding> found;
    oracle.update(test::d1, {}, [&](view& structures) { found = step::verify(structures, group); })
        .value();
    if (!found.empty())
        throw broken{"verify: port " + std::to_string(found[0].port) + " " +
                     step::text_of(found[0].what)};
}

}  // namespace cf::sim
