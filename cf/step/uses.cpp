#include "cf/step/uses.hpp"

#include "cf/step/free_list.hpp"

#include <array>

namespace cf::step {

namespace {

// All uses of some ports of a word, added up.
struct sum {
    std::uint64_t held = 0;
    std::uint64_t served = 0;
    std::uint64_t several = 0;  // more than one use
    std::array<std::uint64_t, slot_count> by_slot{};
};

sum add_up(view& structures, std::size_t word, std::uint64_t ports, ending_uses const& gone) {
    sum total;
    for_each_bit(structures.users(), [&](int bit) {
        auto slot = static_cast<std::uint16_t>(bit);
        auto held = structures.held(slot, word) & ports;
        auto served = structures.served(slot, word) & ports;
        if (slot == gone.slot) {
            held &= ~gone.held;
            served &= ~gone.served;
        }
        total.several |= total.held & held;
        total.held |= held;
        total.served |= served;
        total.by_slot[slot] = held;
    });
    total.several |= total.held & total.served;
    return total;
}

void set_holders(view& structures, std::size_t word, sum const& total) {
    auto set = [&](std::uint64_t ports, holder_code code) {
        for_each_bit(ports, [&](int bit) {
            auto port = port_of(word, bit);
            if (structures.holder(port) != code) structures.set_holder(port, code);
        });
    };
    set(total.several, held_by_several);
    set(total.served & ~total.held, held_as_service);
    for (std::size_t slot = 0; slot < slot_count; ++slot)
        set(total.by_slot[slot] & ~total.several, static_cast<holder_code>(slot));
}

// The word as it has to be; its holders are written.
std::uint64_t counted(view& structures, std::size_t word, std::uint64_t ports,
                      ending_uses const& gone) {
    auto total = add_up(structures, word, ports, gone);
    set_holders(structures, word, total);
    return (structures.first(word) & ~ports) | total.held | total.served;
}

}  // namespace

void keep_list(view& structures, std::size_t word, std::uint64_t before, std::uint64_t after) {
    auto const settings = structures.settings();
    for_each_bit(before ^ after, [&](int bit) {
        auto const port = port_of(word, bit);
        if (!free_list::lists(settings, port)) return;
        if ((after & bit_of(port)) != 0)
            free_list::remove(structures, port);
        else
            free_list::append(structures, port);
    });
}

void recount(view& structures, std::size_t word, std::uint64_t ports, ending_uses const& gone) {
    auto const in_use = counted(structures, word, ports, gone);
    if (auto const before = structures.first(word); before != in_use)
        set_in_use(structures, word, before, in_use);
}

void recount_all(view& structures) {
    for (std::size_t word = 0; word < port_word_count; ++word) {
        auto const in_use = counted(structures, word, ~std::uint64_t{0}, {});
        if (structures.first(word) != in_use) structures.set_first(word, in_use);
    }
}

void end_uses(view& structures, std::size_t word, ending_uses const& gone) {
    recount(structures, word, gone.held | gone.served, gone);
    if (gone.held != 0)
        structures.set_held(gone.slot, word, structures.held(gone.slot, word) & ~gone.held);
    if (gone.served != 0)
        structures.set_served(gone.slot, word, structures.served(gone.slot, word) & ~gone.served);
}

}  // namespace cf::step
